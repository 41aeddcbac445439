import sharp from "sharp";
import { expect, it } from "vitest";
import { readDevice } from "../../../lib/server/codec/read-device.ts";

const picture = () => sharp(Buffer.alloc(12, 200), { raw: { width: 4, height: 3, channels: 1 } });
const exif = { IFD0: { Make: "Inkcam", Model: "Inkcam 7", Software: "firmware 2" } };

it("names the camera or scanner that a file was made with, else the program, else nothing", async () => {
  expect(await readDevice(await picture().withExif(exif).jpeg().toBuffer())).toBe("Inkcam 7");
  expect(await readDevice(await picture().withExif(exif).png().toBuffer())).toBe("Inkcam 7");
  const other = { IFD0: { Make: "Epson", Model: "V39" } };
  expect(await readDevice(await picture().withExif(other).webp().toBuffer())).toBe("Epson V39");
  expect(
    await readDevice(
      await picture()
        .withExif({ IFD0: { Software: "scan 1.2" } })
        .jpeg()
        .toBuffer(),
    ),
  ).toBe("scan 1.2");
  expect(await readDevice(await picture().jpeg().toBuffer())).toBeNull();
  expect(await readDevice(await picture().tiff().toBuffer())).toBeNull();
});

it("reads a TIFF file's own tags, and a PDF's producer", async () => {
  // Little endian, one directory with the tag Model (ASCII, 6 bytes at 26), as TIFF 6.0 has it.
  const tiff = Buffer.alloc(32);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0110, 10);
  tiff.writeUInt16LE(2, 12);
  tiff.writeUInt32LE(6, 14);
  tiff.writeUInt32LE(26, 18);
  tiff.write("fi-80\0", 26, "latin1");
  expect(await readDevice(tiff)).toBe("fi-80");
  expect(await readDevice(Buffer.from("%PDF-1.4\n1 0 obj<</Producer (Scan \\(Pro\\) 3)>>endobj"))).toBe("Scan (Pro) 3");
  expect(await readDevice(Buffer.from("nothing that is known"))).toBeNull();
  // A directory that leads out of the file says nothing.
  tiff.writeUInt32LE(4000, 18);
  expect(await readDevice(tiff)).toBeNull();
});
