import { crc32, deflateSync, inflateSync } from "node:zlib";
import { scrubIptc, scrubPhotoshop } from "./scrub-photoshop.ts";
import { scrubTiff } from "./scrub-tiff.ts";
import { scrubXmp } from "./scrub-xmp.ts";

/** Properties that ImageMagick writes out as texts of their own: "exif:GPSLatitude", "photoshop:City". */
const PLACE_KEYWORD = /gps|latitude|longitude|(?:^|:)(?:city|state|country|countrycode|countryname|location|sublocation|provincestate)$/i;
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** A PNG without location: eXIf, XMP in iTXt, and ImageMagick's "Raw profile type ..." texts scrubbed; null where nothing was there. */
export function scrubPng(bytes: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  let copied = 0;
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString("latin1", at + 4, at + 8);
    const end = at + 12 + length;
    if (end > buffer.length || type === "IEND") break;
    const chunk = buffer.subarray(at + 8, at + 8 + length);
    const data = scrubChunk(type, chunk);
    if (isPlaceText(type, chunk)) {
      parts.push(buffer.subarray(copied, at));
      copied = end;
    } else if (data) {
      const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
      const head = Buffer.alloc(4);
      head.writeUInt32BE(data.length);
      const check = Buffer.alloc(4);
      check.writeUInt32BE(crc32(body));
      parts.push(buffer.subarray(copied, at), head, body, check);
      copied = end;
    }
    at = end;
  }
  return parts.length === 0 ? null : Buffer.concat([...parts, buffer.subarray(copied)]);
}

function isPlaceText(type: string, data: Buffer): boolean {
  if (type !== "tEXt" && type !== "zTXt" && type !== "iTXt") return false;
  return PLACE_KEYWORD.test(data.toString("latin1", 0, Math.max(0, data.indexOf(0))));
}

/** The chunk's new data, or null where it may stay. */
function scrubChunk(type: string, data: Buffer): Buffer | null {
  if (type === "eXIf") {
    const copy = Buffer.from(data);
    return scrubTiff(copy) ? copy : null;
  }
  if (type !== "tEXt" && type !== "zTXt" && type !== "iTXt") return null;
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 0) return null;
  const keyword = data.toString("latin1", 0, keywordEnd);
  if (keyword !== "XML:com.adobe.xmp" && !keyword.startsWith("Raw profile type ")) return null;
  const { head, text, compressed } = openText(type, data, keywordEnd + 1);
  if (text === null) return null;
  const changed = keyword.startsWith("Raw") ? scrubRawProfile(text) : scrubXmp(text);
  return changed ? Buffer.concat([head, compressed ? deflateSync(text) : text]) : null;
}

/** A text chunk's bytes up to its text, and a copy of the text, inflated. */
function openText(type: string, data: Buffer, after: number): { head: Buffer; text: Buffer | null; compressed: boolean } {
  let start = after;
  let compressed = false;
  if (type === "zTXt") [start, compressed] = [after + 1, true];
  if (type === "iTXt") {
    compressed = data[after] === 1;
    const languageEnd = data.indexOf(0, after + 2);
    const translatedEnd = data.indexOf(0, languageEnd + 1);
    if (languageEnd < 0 || translatedEnd < 0) return { head: data, text: null, compressed };
    start = translatedEnd + 1;
  }
  const raw = data.subarray(start);
  try {
    const text = compressed ? inflateSync(raw, { maxOutputLength: MAX_TEXT_BYTES }) : Buffer.from(raw);
    return { head: data.subarray(0, start), text, compressed };
  } catch {
    // Damaged: no reader can read a place from it either.
    return { head: data, text: null, compressed };
  }
}

/** ImageMagick's form: a line with the kind, a line with the length, then hexadecimal digits; scrubbed digit by digit, in place. */
function scrubRawProfile(text: Buffer): boolean {
  const header = /^\s*\S+\s+\d+\s+/.exec(text.toString("latin1"));
  if (!header) return false;
  const places: number[] = [];
  for (let i = header[0].length; i < text.length; i++) if (/[0-9a-fA-F]/.test(String.fromCharCode(text[i]))) places.push(i);
  const profile = Buffer.from(Buffer.from(places.map((place) => text[place])).toString("latin1"), "hex");
  const exif = profile.toString("latin1", 0, 6) === "Exif\0\0" ? 6 : 0;
  const photoshop = profile.toString("latin1", 0, 14) === "Photoshop 3.0\0" ? 14 : 0;
  const xmpAt = Math.max(0, profile.indexOf("<"));
  const changed = [
    scrubTiff(profile.subarray(exif)),
    scrubPhotoshop(profile.subarray(photoshop), scrubTiff),
    scrubIptc(profile),
    scrubXmp(profile.subarray(xmpAt)),
  ];
  if (!changed.includes(true)) return false;
  const digits = profile.toString("hex");
  for (let i = 0; i < digits.length; i++) text[places[i]] = digits.charCodeAt(i);
  return true;
}
