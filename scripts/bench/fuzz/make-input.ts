import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PDFDocument } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { Rng } from "../../../lib/core/rng.ts";
import { hugePng } from "./huge-png.ts";

export interface FuzzInput {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Seeds = readonly { readonly ext: string; readonly bytes: Buffer }[];

/** Small whole files of every format that can be written here, and two of the corpus' cards: these are read to their glyphs where the damage lets them. */
export async function makeSeeds(): Promise<Seeds> {
  const [width, height] = [100, 140];
  const data = Buffer.alloc(width * height * 3, 235);
  for (let i = 0; i < 1000; i++) data[(i * 7919) % data.length] = i % 251;
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const grey = (): Sharp => picture.clone().toColourspace("b-w");
  const bilevel = await grey().threshold(128).tiff({ compression: "ccittfax4", bitdepth: 1 }).toBuffer();
  const pdf = await PDFDocument.create();
  const jpeg = await picture.clone().jpeg().toBuffer();
  for (let i = 0; i < 2; i++) pdf.addPage([30, 42]).drawImage(await pdf.embedJpg(jpeg), { x: 0, y: 0, width: 30, height: 42 });
  const card = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, "../../../tests/corpus", name));
  return [
    { ext: "tif", bytes: await card("letters-1-bit.tif") },
    { ext: "jpg", bytes: await card("photograph.jpg") },
    { ext: "jpg", bytes: jpeg },
    { ext: "jpg", bytes: await picture.clone().jpeg({ progressive: true }).toBuffer() },
    { ext: "png", bytes: await picture.clone().png().toBuffer() },
    { ext: "png", bytes: await grey().toColourspace("grey16").png({ progressive: true }).toBuffer() },
    { ext: "tif", bytes: bilevel },
    { ext: "tif", bytes: await picture.clone().tiff({ compression: "lzw" }).toBuffer() },
    { ext: "webp", bytes: await picture.clone().webp().toBuffer() },
    { ext: "pdf", bytes: Buffer.from(await pdf.save({ useObjectStreams: false })) },
  ];
}

/** Files made to be too much: sizes, pages, loops, compressed zeros. */
export async function makeBombs(): Promise<FuzzInput[]> {
  const pdf = await PDFDocument.create();
  for (let i = 0; i < 10_000; i++) pdf.addPage([100, 100]);
  const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e9 1e9] >>";
  const stream = deflateSync(Buffer.alloc(200_000_000));
  const vastJpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: "white" } })
    .jpeg()
    .toBuffer();
  // Height and width follow the frame header's marker, length and precision.
  vastJpeg.writeUInt32BE(0xffdcffdc, vastJpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  return [
    { name: "wide.png", bytes: hugePng(60_000, 4) },
    { name: "vast.png", bytes: patched(hugePng(64, 4), 16, [60_000, 60_000]) },
    { name: "square.png", bytes: hugePng(9_000, 9_000) },
    { name: "pages.pdf", bytes: await pdf.save() },
    { name: "area.pdf", bytes: onePagePdf(page, "") },
    { name: "deflated.pdf", bytes: onePagePdf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", stream) },
    { name: "strips.tif", bytes: tiff({ width: 60_000, height: 60_000, next: 0 }) },
    { name: "loop.tif", bytes: tiff({ width: 64, height: 64, next: 8 }) },
    { name: "pages.tif", bytes: manyPages(2000) },
    { name: "self.pdf", bytes: onePagePdf("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>", "") },
    { name: "vast.jpg", bytes: vastJpeg },
    { name: "rows.tif", bytes: tiff({ width: 1, height: 0xffffffff, next: 0 }) },
  ];
}

/** A seed file cut, with bits flipped, blocks copied over others, lengths overwritten, or under another's header or name. */
export function makeInput(seeds: Seeds, seed: number): FuzzInput {
  const rng = new Rng(seed);
  const { ext, bytes } = seeds[rng.int(seeds.length)];
  let out: Buffer = Buffer.from(bytes);
  const kind = rng.int(7);
  if (kind === 0) out = out.subarray(0, rng.int(out.length));
  if (kind === 1 || kind === 6) for (let i = 1 + rng.int(20); i > 0; i--) out[rng.int(out.length)] ^= 1 << rng.int(8);
  if (kind === 2) for (let i = 1 + rng.int(12); i > 0; i--) out[rng.int(Math.min(200, out.length))] = rng.int(256);
  if (kind === 3) out.copyWithin(rng.int(out.length), rng.int(out.length), out.length);
  if (kind === 4) out.writeUInt32BE([0, 0x7fffffff, 0xffffffff, 60_000][rng.int(4)], rng.int(Math.min(300, out.length - 4)));
  if (kind === 5) seeds[rng.int(seeds.length)].bytes.copy(out, 0, 0, 4 + rng.int(24));
  const name = kind === 6 ? `${seed}.${seeds[rng.int(seeds.length)].ext}` : `${seed}.${ext}`;
  return { name, bytes: out };
}

/** A chain of directories, each a page of 64 x 64 px in the same strip. */
function manyPages(pages: number): Buffer {
  const one = tiff({ width: 64, height: 64, next: 0 });
  const size = 200;
  const out = Buffer.alloc(one.length + pages * size);
  one.copy(out);
  const directory = one.subarray(8, 8 + 2 + 12 * 9 + 4);
  for (let page = 1; page < pages; page++) {
    const at = one.length + (page - 1) * size;
    directory.copy(out, at);
    out.writeUInt32LE(at, page === 1 ? 10 + 12 * 9 : at - size + 2 + 12 * 9);
  }
  return out;
}

function patched(bytes: Buffer, at: number, values: readonly number[]): Buffer {
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, at + 4 * i);
  });
  return bytes;
}

function onePagePdf(page: string, stream: Buffer | ""): Buffer {
  const head = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n${page}\nendobj\n`;
  const parts: Buffer[] = [Buffer.from(head, "latin1")];
  if (stream !== "")
    parts.push(
      Buffer.from(`4 0 obj\n<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n`),
      stream,
      Buffer.from("\nendstream\nendobj\n"),
    );
  parts.push(Buffer.from("trailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n"));
  return Buffer.concat(parts);
}

/** Little-endian TIFF, 8 bit grey, one strip that claims all rows but holds 4,096 bytes; `next` is the next directory's place. */
function tiff({ width, height, next }: { width: number; height: number; next: number }): Buffer {
  const entries: readonly (readonly [number, number, number])[] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 200],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, 4096],
  ];
  const out = Buffer.alloc(200 + 4096, 200);
  out.write("II*\0", 0, "latin1");
  out.writeUInt32LE(8, 4);
  out.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, value], i) => {
    out.writeUInt16LE(tag, 10 + 12 * i);
    out.writeUInt16LE(type, 12 + 12 * i);
    out.writeUInt32LE(1, 14 + 12 * i);
    out.writeUInt32LE(value, 18 + 12 * i);
  });
  out.writeUInt32LE(next, 10 + 12 * entries.length);
  return out;
}
