import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { decodeFile } from "../../../lib/server/codec/decode-file.ts";
import { stripLocationMetadata } from "../../../lib/server/codec/strip-location-metadata.ts";

const folder = mkdtempSync(join(tmpdir(), "inkform-location-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** ImageMagick reads EXIF by its own code. */
const hasImageMagick = spawnSync("convert", ["-version"]).status === 0;

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" exif:GPSLatitude="47,22.1N" photoshop:City='Zurich' xmp:Rating="3">
<exif:GPSLongitude>8,32.5E</exif:GPSLongitude><xmp:CreatorTool>Scanner 5</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

function picture(): Sharp {
  const data = Buffer.from(Array.from({ length: 60 * 40 }, (_, i) => (i * 7919) % 251));
  return sharp(data, { raw: { width: 60, height: 40, channels: 1 } })
    .withExif({
      IFD0: { Make: "Inkcam", Software: "test 1" },
      IFD2: { UserComment: "kept" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "47/1 22/1 6/1", GPSLongitudeRef: "E", GPSLongitude: "8/1 32/1 30/1" },
    })
    .withXmp(XMP)
    .withMetadata({ orientation: 6 });
}

/** Entries of EXIF's first directory, read plainly. */
function tagsOf(exif: Buffer): number[] {
  const tiff = exif.toString("latin1", 0, 4) === "Exif" ? exif.subarray(6) : exif;
  const little = tiff[0] === 0x49;
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  return Array.from({ length: u16(first) }, (_, i) => u16(first + 2 + 12 * i));
}

describe("stripLocationMetadata", () => {
  for (const format of ["jpeg", "png", "webp"] as const) {
    it(`takes GPS and places out of ${format} and keeps pixels, orientation and the rest`, async () => {
      const bytes = await picture().toFormat(format).toBuffer();
      const original = Buffer.from(bytes);
      const before = await sharp(bytes).metadata();
      expect(tagsOf(before.exif ?? Buffer.alloc(8))).toContain(0x8825);

      const stripped = stripLocationMetadata(bytes);
      expect(bytes.equals(original)).toBe(true);
      const after = await sharp(stripped).metadata();
      const tags = tagsOf(after.exif ?? Buffer.alloc(8));
      expect(tags).not.toContain(0x8825);
      expect(tags).toContain(0x010f);
      expect(after.orientation).toBe(6);
      expect(after.exif?.includes("kept")).toBe(true);
      const xmp = after.xmp?.toString("utf8") ?? "";
      expect(xmp).not.toMatch(/GPS|47,22|8,32|Zurich/);
      expect(xmp).toContain("Scanner 5");
      expect(xmp).toContain('xmp:Rating="3"');
      expect(await sharp(stripped).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
      if (format !== "png") expect(stripped.length).toBe(bytes.length);
      expect(stripLocationMetadata(stripped)).toBe(stripped);
    });

    it.skipIf(!hasImageMagick)(`leaves nothing that ImageMagick can find in ${format}`, async () => {
      const file = join(folder, `one.${format}`);
      const bytes = await picture().toFormat(format).toBuffer();
      // identify reads PNG's eXIf and TIFF's directories only in part: what it shows before must be gone after.
      writeFileSync(file, bytes);
      const identify = (): string => execFileSync("identify", ["-verbose", file], { encoding: "utf8" });
      const before = identify();
      if (format === "jpeg") expect(before).toMatch(/GPSLatitude/);
      writeFileSync(file, stripLocationMetadata(bytes));
      const after = identify();
      expect(after).not.toMatch(/GPS|Zurich/);
      if (before.includes("Inkcam")) expect(after).toContain("Inkcam");
    });
  }

  it.skipIf(!hasImageMagick)("finds the profiles that ImageMagick puts into PNG as hexadecimal text", async () => {
    const jpeg = join(folder, "two.jpg");
    writeFileSync(jpeg, await picture().jpeg().toBuffer());
    for (const define of ["png:exclude-chunk=eXIf", "png:include-chunk=none,zTXt,tEXt,eXIf,iTXt"]) {
      const png = join(folder, "two.png");
      execFileSync("convert", [jpeg, "-define", define, png]);
      const stripped = stripLocationMetadata(readFileSync(png));
      writeFileSync(png, stripped);
      expect(execFileSync("identify", ["-verbose", png], { encoding: "utf8" })).not.toMatch(/GPS|Zurich/);
    }
  });

  it("zeroes the GPS directory of a TIFF and takes its pointer out", async () => {
    // EXIF data is a TIFF structure: as a file of its own it is a TIFF with directories and no pixels.
    const { exif } = await sharp(await picture().jpeg().toBuffer()).metadata();
    const tiff = Buffer.from(exif?.subarray(6) ?? []);
    expect(tagsOf(tiff)).toContain(0x8825);
    const stripped = Buffer.from(stripLocationMetadata(tiff));
    expect(tagsOf(stripped)).not.toContain(0x8825);
    expect(tagsOf(stripped)).toContain(0x010f);
    expect(stripped.length).toBe(tiff.length);
    // 47 degrees as a rational in either byte order.
    expect(tiff.includes(Buffer.from([47, 0, 0, 0, 1, 0, 0, 0])) || tiff.includes(Buffer.from([0, 0, 0, 47, 0, 0, 0, 1]))).toBe(true);
    expect(stripped.includes(Buffer.from([47, 0, 0, 0, 1, 0, 0, 0])) || stripped.includes(Buffer.from([0, 0, 0, 47, 0, 0, 0, 1]))).toBe(
      false,
    );
  });

  it("scrubs the EXIF and XMP items of a HEIC where its meta box says they are", async () => {
    const { exif } = await sharp(await picture().jpeg().toBuffer()).metadata();
    const heic = heicWithItems(exif?.subarray(6) ?? Buffer.alloc(0), Buffer.from(XMP));
    const stripped = Buffer.from(stripLocationMetadata(heic));
    expect(stripped.length).toBe(heic.length);
    expect(stripped.includes("Inkcam")).toBe(true);
    expect(stripped.includes("Scanner 5")).toBe(true);
    expect(heic.includes("Zurich")).toBe(true);
    expect(stripped.includes("Zurich")).toBe(false);
    const tiffAt = stripped.indexOf(exif?.subarray(6, 14) ?? "");
    expect(tagsOf(stripped.subarray(tiffAt))).not.toContain(0x8825);
  });

  it("scrubs photographs inside a PDF, which still opens", async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const document = await PDFDocument.create();
    const image = await document.embedJpg(jpeg);
    document.addPage([60, 40]).drawImage(image, { x: 0, y: 0, width: 60, height: 40 });
    const bytes = await document.save({ useObjectStreams: false });
    expect(Buffer.from(bytes).includes("Zurich")).toBe(true);
    const stripped = stripLocationMetadata(bytes);
    expect(Buffer.from(stripped).includes("Zurich")).toBe(false);
    expect(stripped.length).toBe(bytes.length);
    for await (const page of decodeFile({ name: "p.pdf", bytes: stripped })) expect(page.failure).toBeNull();
  });

  it("gives files without a place, and files it does not know, back as they are", async () => {
    const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#fff" } })
      .jpeg()
      .toBuffer();
    expect(stripLocationMetadata(plain)).toBe(plain);
    const text = new TextEncoder().encode("not an image");
    expect(stripLocationMetadata(text)).toBe(text);
  });

  it("survives files cut off or changed anywhere", async () => {
    const bytes = await picture().tiff().toBuffer();
    for (let cut = 0; cut < bytes.length; cut += 37) expect(() => stripLocationMetadata(bytes.subarray(0, cut))).not.toThrow();
    for (const format of ["jpeg", "png", "webp", "tiff"] as const) {
      const whole = await picture().toFormat(format).toBuffer();
      for (let i = 0; i < whole.length; i += 11) {
        const changed = new Uint8Array(whole);
        changed[i] ^= 0xff;
        expect(() => stripLocationMetadata(changed)).not.toThrow();
      }
    }
  });
});

/** A HEIF file of two items, "Exif" and XMP, in its mdat; no picture. */
function heicWithItems(tiff: Buffer, xmp: Buffer): Buffer {
  const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);
  const u32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([u32(8 + body.length), Buffer.from(type), body]);
  };
  const exifItem = Buffer.concat([u32(6), Buffer.from("Exif\0\0", "latin1"), tiff]);
  const infe = (id: number, type: string, rest: Buffer): Buffer => box("infe", u32(0x02000000), u16(id), u16(0), Buffer.from(type), rest);
  const iinf = box(
    "iinf",
    u32(0),
    u16(2),
    infe(1, "Exif", Buffer.from([0])),
    infe(2, "mime", Buffer.from("\0application/rdf+xml\0", "latin1")),
  );
  const build = (mdatAt: number): Buffer => {
    const extent = (id: number, offset: number, length: number): Buffer =>
      Buffer.concat([u16(id), u16(0), u16(1), u32(offset), u32(length)]);
    const iloc = box(
      "iloc",
      u32(0),
      u16(0x4400),
      u16(2),
      extent(1, mdatAt + 8, exifItem.length),
      extent(2, mdatAt + 8 + exifItem.length, xmp.length),
    );
    return Buffer.concat([box("ftyp", Buffer.from("heic"), u32(0), Buffer.from("mif1heic")), box("meta", u32(0), iinf, iloc)]);
  };
  return Buffer.concat([build(build(0).length), box("mdat", exifItem, xmp)]);
}
