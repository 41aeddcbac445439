import { scrubXmp } from "./scrub-xmp.ts";

/** IPTC IIM 4.2, record 2: content location code and name, city, sublocation, province, country code and name. */
const LOCATION_DATASETS = new Set([26, 27, 90, 92, 95, 100, 101]);

/** Overwrites the location datasets of IPTC data with spaces, in place. @returns whether anything was changed */
export function scrubIptc(iptc: Uint8Array): boolean {
  let changed = false;
  for (let at = 0; at + 5 <= iptc.length && iptc[at] === 0x1c; ) {
    const length = (iptc[at + 3] << 8) | iptc[at + 4];
    // Bit 15 marks a length of lengths, for data of more than 32 KB: no place name is that long.
    if (length > 0x7fff) return changed;
    if (iptc[at + 1] === 2 && LOCATION_DATASETS.has(iptc[at + 2]) && length > 0) {
      iptc.fill(0x20, at + 5, Math.min(iptc.length, at + 5 + length));
      changed = true;
    }
    at += 5 + length;
  }
  return changed;
}

/**
 * Scrubs Photoshop's image resources ("8BIM" blocks): IPTC (0x0404), EXIF (0x0422) and XMP (0x0424). In place.
 * @param scrubExif what scrubs EXIF data; passed in, since EXIF may hold resources in turn
 */
export function scrubPhotoshop(resources: Uint8Array, scrubExif: (exif: Uint8Array) => boolean): boolean {
  const view = new DataView(resources.buffer, resources.byteOffset, resources.byteLength);
  let changed = false;
  for (let at = 0; at + 12 <= resources.length && view.getUint32(at) === 0x3842494d; ) {
    const id = view.getUint16(at + 4);
    const nameBytes = (resources[at + 6] + 2) & ~1;
    const start = at + 6 + nameBytes + 4;
    if (start > resources.length) break;
    const size = view.getUint32(start - 4);
    const data = resources.subarray(start, Math.min(resources.length, start + size));
    if (id === 0x0404 && scrubIptc(data)) changed = true;
    if (id === 0x0422 && scrubExif(data)) changed = true;
    if (id === 0x0424 && scrubXmp(data)) changed = true;
    at = start + size + (size & 1);
  }
  return changed;
}
