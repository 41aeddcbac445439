import sharp from "sharp";
import { detectFormat } from "./detect-format.ts";

const MAKE = 0x010f;
const MODEL = 0x0110;
const SOFTWARE = 0x0131;
const ASCII = 2;
/** A name that is longer is none. */
const LONGEST = 80;

/**
 * What a file was made with: the camera's or scanner's make and model, else the program that is named in it; null where it says neither.
 * From the first IFD of EXIF (TIFF 6.0; a TIFF file's own), or a PDF's producer.
 */
export async function readDevice(bytes: Uint8Array): Promise<string | null> {
  switch (detectFormat(bytes)) {
    case "tiff":
      return nameDevice(readFirstIfd(bytes));
    case "jpeg":
    case "png":
    case "webp":
    case "heic": {
      const exif = await findExif(bytes);
      return exif === null ? null : nameDevice(readFirstIfd(exif));
    }
    case "pdf":
      return clean(/\/Producer\s*\(((?:\\.|[^\\)])*)\)/.exec(Buffer.from(bytes).toString("latin1"))?.[1]?.replaceAll(/\\(.)/g, "$1"));
    case null:
      return null;
  }
}

async function findExif(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    const { exif } = await sharp(bytes).metadata();
    if (exif === undefined) return null;
    const head = exif.subarray(0, 6).toString("latin1");
    return head === "Exif\0\0" ? exif.subarray(6) : exif;
  } catch {
    // A file that can't be decoded is told by the decoder; here it only names nothing.
    return null;
  }
}

/** The texts of a TIFF structure's first directory, by tag; none where it is no such structure. */
function readFirstIfd(bytes: Uint8Array): Map<number, string> {
  const texts = new Map<number, string>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return texts;
  const little = view.getUint16(0) === 0x4949;
  const at = view.getUint32(4, little);
  if (at + 2 > bytes.length) return texts;
  const count = view.getUint16(at, little);
  for (let entry = at + 2; entry < at + 2 + 12 * count && entry + 12 <= bytes.length; entry += 12) {
    if (view.getUint16(entry + 2, little) !== ASCII) continue;
    const length = view.getUint32(entry + 4, little);
    const from = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    if (from + length > bytes.length) continue;
    texts.set(view.getUint16(entry, little), Buffer.from(bytes.subarray(from, from + length)).toString("latin1"));
  }
  return texts;
}

function nameDevice(texts: ReadonlyMap<number, string>): string | null {
  const make = clean(texts.get(MAKE));
  const model = clean(texts.get(MODEL));
  if (model === null) return make ?? clean(texts.get(SOFTWARE));
  return make === null || model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

/** Printable characters alone; null where none is left. */
function clean(text: string | undefined): string | null {
  const name = (text ?? "")
    // A PDF's text may have two bytes a character.
    .replaceAll("\0", "")
    .replaceAll(/[^\x20-\x7e]/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, LONGEST);
  return name === "" ? null : name;
}
