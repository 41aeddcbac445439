import { scrubPhotoshop } from "./scrub-photoshop.ts";
import { scrubTiff } from "./scrub-tiff.ts";
import { scrubXmp } from "./scrub-xmp.ts";

const APP1 = 0xe1;
const APP13 = 0xed;
const EXIF = "Exif\0";
const XMP = "http://ns.adobe.com/xap/1.0/\0";
const XMP_EXTENSION = "http://ns.adobe.com/xmp/extension/\0";
const PHOTOSHOP = "Photoshop 3.0\0";

/**
 * Scrubs every EXIF, XMP and Photoshop segment of JPEG data, in place: the picture's own, and those of further pictures behind it
 * (gain maps, previews), and of JPEGs inside a PDF. They are looked for anywhere: compressed pixels can't hold these markers, since
 * 0xFF is always followed by 0 or a restart there.
 * @returns whether anything was changed
 */
export function scrubJpeg(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let changed = scrubMotionPhoto(buffer);
  for (let at = buffer.indexOf(0xff); at >= 0 && at + 4 < buffer.length; at = buffer.indexOf(0xff, at + 1)) {
    const marker = buffer[at + 1];
    if (marker !== APP1 && marker !== APP13) continue;
    const end = Math.min(buffer.length, at + 2 + buffer.readUInt16BE(at + 2));
    const starts = (id: string): boolean => buffer.toString("latin1", at + 4, at + 4 + id.length) === id;
    const body = (skip: number): Uint8Array => bytes.subarray(Math.min(end, at + 4 + skip), end);
    if (marker === APP1 && starts(EXIF)) changed = scrubTiff(body(EXIF.length + 1)) || changed;
    else if (marker === APP1 && starts(XMP)) changed = scrubXmp(body(XMP.length)) || changed;
    // 32 bytes of digest, full length and offset.
    else if (marker === APP1 && starts(XMP_EXTENSION)) changed = scrubXmp(body(XMP_EXTENSION.length + 40)) || changed;
    else if (marker === APP13 && starts(PHOTOSHOP)) changed = scrubPhotoshop(body(PHOTOSHOP.length), scrubTiff) || changed;
  }
  return changed;
}

/** A phone's motion photo carries a film behind the picture; its "©xyz" box holds the place as ISO 6709 text: its digits become zeros. */
export function scrubMotionPhoto(buffer: Buffer): boolean {
  const box = Buffer.from("\xa9xyz", "latin1");
  let changed = false;
  for (let at = buffer.indexOf(box); at >= 0 && at + 8 < buffer.length; at = buffer.indexOf(box, at + 4)) {
    const length = buffer.readUInt16BE(at + 4);
    const text = buffer.toString("latin1", at + 8, at + 8 + length);
    if (!/^[+-]\d/.test(text)) continue;
    buffer.write(text.replace(/\d/g, "0"), at + 8, "latin1");
    changed = true;
  }
  return changed;
}
