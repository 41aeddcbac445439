import { PDFDocument, rgb } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeFile } from "../../../lib/server/codec/decode-file.ts";
import type { DecodedPage } from "../../../lib/server/codec/decoded-page.ts";
import { detectFormat } from "../../../lib/server/codec/detect-format.ts";
import { hugePng } from "../../../scripts/bench/fuzz/huge-png.ts";
import { passwordPdf } from "../../support/bad-files.ts";

/** Typed: vitest's own matcher is `any`. */
function saying(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

async function decode(bytes: Uint8Array, name = "file"): Promise<DecodedPage[]> {
  const pages: DecodedPage[] = [];
  for await (const page of decodeFile({ name, bytes })) pages.push(page);
  return pages;
}

/** Left half black, right half white. */
function halves(width = 40, height = 30) {
  return sharp(Buffer.from(Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 0 : 255))), {
    raw: { width, height, channels: 1 },
  });
}

describe("decodeFile", () => {
  it("decodes JPEG, PNG and WebP to grey, by their bytes whatever their name", async () => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      const [page] = await decode(await halves().toFormat(format).toBuffer(), "scan.txt");
      expect(page.raster?.gray).toMatchObject({ width: 40, height: 30 });
      expect(page.raster?.rgb).toBeNull();
      expect(page.raster?.gray.data[5]).toBeLessThan(20);
      expect(page.raster?.gray.data[35]).toBeGreaterThan(235);
    }
  });

  it("keeps colour where there is some, and only there", async () => {
    const red = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#d02010" } })
      .png()
      .toBuffer();
    const [page] = await decode(red);
    expect([...(page.raster?.rgb?.data.subarray(0, 3) ?? [])]).toEqual([0xd0, 0x20, 0x10]);
    const grey = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#707070" } })
      .jpeg()
      .toBuffer();
    expect((await decode(grey))[0].raster?.rgb).toBeNull();
  });

  it("reads 1 bit, 16 bit, palette and transparent pictures", async () => {
    const one = await halves().png({ palette: true, colours: 2 }).toBuffer();
    const deep = await halves().toColourspace("grey16").png().toBuffer();
    const clear = await sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();
    expect((await decode(one))[0].raster?.gray.data[39]).toBe(255);
    expect((await decode(deep))[0].raster?.gray.data[39]).toBe(255);
    // Nothing drawn is paper, not ink.
    expect((await decode(clear))[0].raster?.gray.data[0]).toBe(255);
  });

  it("turns a picture upright by its EXIF orientation", async () => {
    const [page] = await decode(await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const gray = page.raster?.gray;
    expect(gray).toMatchObject({ width: 30, height: 40 });
    // Turned clockwise: the black left half is on top.
    expect(gray?.data[15]).toBeLessThan(20);
    expect(gray?.data[39 * 30 + 15]).toBeGreaterThan(235);
  });

  it("reads every page of a TIFF whose pages differ in size", async () => {
    const [page1, page2] = await decode(
      tiffOf([
        [9, 5],
        [4, 7],
      ]),
      "two.tif",
    );
    expect(page1).toMatchObject({ number: 1, pageCount: 2, raster: { gray: { width: 9, height: 5 } } });
    expect(page2).toMatchObject({ number: 2, pageCount: 2, raster: { gray: { width: 4, height: 7 } } });
  });

  it("goes on behind a page of a TIFF that can't be decoded", async () => {
    const bytes = tiffOf([
      [9, 5],
      [4, 7],
      [6, 6],
    ]);
    const broken = Buffer.from(bytes);
    // The second page's strip is said to lie beyond the file's end.
    broken.writeUInt32LE(bytes.length + 1000, stripOffsetPlace(broken, 1));
    const pages = await decode(broken, "three.tif");
    expect(pages.map((page) => page.failure === null)).toEqual([true, false, true]);
    expect(pages[1].failure?.message).toMatch(/three\.tif, page 2/);
  });

  it("draws every page of a PDF at 300 dpi, in grey unless it has colour", async () => {
    const document = await PDFDocument.create();
    document.addPage([144, 72]).drawRectangle({ x: 0, y: 0, width: 72, height: 72, color: rgb(0, 0, 0) });
    document.addPage([72, 72]).drawRectangle({ x: 0, y: 0, width: 36, height: 72, color: rgb(1, 0, 0) });
    const pages = await decode(await document.save());
    expect(pages[0].raster?.gray).toMatchObject({ width: 600, height: 300 });
    expect(pages[0].raster?.rgb).toBeNull();
    expect(pages[0].raster?.gray.data[100 * 600 + 100]).toBe(0);
    expect(pages[0].raster?.gray.data[100 * 600 + 400]).toBe(255);
    expect(pages[1].raster?.rgb?.data.slice(0, 3)).toEqual(Uint8Array.of(255, 0, 0));
  });

  it("draws a PDF page as large as a poster at a lower resolution", async () => {
    const document = await PDFDocument.create();
    document.addPage([7000, 9900]);
    const [{ raster }] = await decode(await document.save());
    expect((raster?.gray.width ?? 0) * (raster?.gray.height ?? 0)).toBeLessThanOrEqual(40_100_000);
  });
});

describe("files that are refused, each with a message that says what to do", () => {
  async function refusal(bytes: Uint8Array, name: string): Promise<{ code: string; message: string }> {
    try {
      await decode(bytes, name);
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error(`${name} was not refused`);
  }

  it("an empty file", async () => {
    expect(await refusal(new Uint8Array(0), "empty.jpg")).toMatchObject({
      code: "invalid-file",
      message: saying(/empty\.jpg is empty/),
    });
  });

  it("a text file named .png, SVG, GIF, AVIF and other formats", async () => {
    const gif = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#fff" } })
      .gif()
      .toBuffer();
    const avif = await sharp({ create: { width: 16, height: 16, channels: 3, background: "#fff" } })
      .avif()
      .toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>');
    for (const bytes of [Buffer.from("hello"), svg, gif, avif]) {
      expect(await refusal(bytes, "notes.png")).toMatchObject({
        code: "unsupported-file",
        message: saying(/notes\.png is not a JPEG/),
      });
    }
  });

  it("a truncated JPEG, PNG, WebP: never half an image", async () => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      const noise = sharp({
        create: { width: 200, height: 200, channels: 3, background: "#fff", noise: { type: "gaussian", mean: 128, sigma: 60 } },
      });
      const whole = await noise.toFormat(format).toBuffer();
      for (const share of [0.1, 0.5, 0.9]) {
        expect(await refusal(whole.subarray(0, whole.length * share), `cut.${format}`)).toMatchObject({
          code: "invalid-file",
          message: saying(/damaged or cut off/),
        });
      }
    }
  });

  it("a 20,000 x 20,000 PNG, from its header, at once", async () => {
    const before = process.memoryUsage().rss;
    const started = process.cpuUsage();
    expect(await refusal(hugePng(20_000, 20_000), "huge.png")).toMatchObject({
      code: "too-large",
      message: saying(/20000 x 20000.*64 million/),
    });
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it("a PDF under a password, and one cut off", async () => {
    expect(await refusal(passwordPdf("secret"), "locked.pdf")).toMatchObject({
      code: "invalid-file",
      message: saying(/locked\.pdf is protected by a password/),
    });
    expect(await refusal(Buffer.from("%PDF-1.7\n1 0 obj"), "cut.pdf")).toMatchObject({
      code: "invalid-file",
      message: saying(/not a complete PDF/),
    });
  });

  it("a PDF of too many pages", async () => {
    const document = await PDFDocument.create();
    for (let i = 0; i < 501; i++) document.addPage([10, 10]);
    expect(await refusal(await document.save(), "many.pdf")).toMatchObject({
      code: "too-large",
      message: saying(/501 pages; the limit is 500/),
    });
  });

  it("a HEIC with nothing in it", async () => {
    const bytes = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic"), Buffer.alloc(100)]);
    expect(detectFormat(bytes)).toBe("heic");
    expect(await refusal(bytes, "empty.heic")).toMatchObject({ code: "invalid-file" });
  });
});

/** A little-endian TIFF of grey, uncompressed pages. */
function tiffOf(sizes: readonly (readonly [number, number])[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  sizes.forEach(([width, height], i) => {
    const entries = [
      [256, 4, width],
      [257, 4, height],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, at + 2 + 8 * 12 + 4],
      [278, 4, height],
      [279, 4, width * height],
    ];
    const directory = Buffer.alloc(2 + 8 * 12 + 4);
    directory.writeUInt16LE(8);
    entries.forEach(([tag, type, value], k) => {
      directory.writeUInt16LE(tag, 2 + 12 * k);
      directory.writeUInt16LE(type, 4 + 12 * k);
      directory.writeUInt32LE(1, 6 + 12 * k);
      directory.writeUInt32LE(value, 10 + 12 * k);
    });
    const size = directory.length + width * height;
    directory.writeUInt32LE(i + 1 < sizes.length ? at + size : 0, directory.length - 4);
    parts.push(directory, Buffer.alloc(width * height, 200));
    at += size;
  });
  return Buffer.concat(parts);
}

function stripOffsetPlace(tiff: Buffer, page: number): number {
  let at = tiff.readUInt32LE(4);
  for (let i = 0; i < page; i++) at = tiff.readUInt32LE(at + 2 + 12 * 8);
  return at + 2 + 12 * 5 + 8;
}
