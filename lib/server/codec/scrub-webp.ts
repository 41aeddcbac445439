import { scrubTiff } from "./scrub-tiff.ts";
import { scrubXmp } from "./scrub-xmp.ts";

/** Scrubs the EXIF and XMP chunks of a WebP file in place. @returns whether anything was changed */
export function scrubWebp(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let changed = false;
  for (let at = 12; at + 8 <= buffer.length; ) {
    const type = buffer.toString("latin1", at, at + 4);
    const length = buffer.readUInt32LE(at + 4);
    const data = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
    // Some writers put JPEG's "Exif\0\0" first.
    if (type === "EXIF") changed = scrubTiff(data.subarray(data[0] === 0x45 ? 6 : 0)) || changed;
    if (type === "XMP ") changed = scrubXmp(data) || changed;
    at += 8 + length + (length & 1);
  }
  return changed;
}
