import { scrubIptc, scrubPhotoshop } from "./scrub-photoshop.ts";
import { scrubXmp } from "./scrub-xmp.ts";

const GPS_IFD = 0x8825;
const EXIF_IFD = 0x8769;
const SUB_IFDS = 0x014a;
const XMP = 700;
const IPTC = 33723;
const PHOTOSHOP = 34377;
/** Bytes of one value by TIFF field type 1 to 13 (TIFF 6.0, section 2). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const MAX_IFDS = 2000;

/**
 * Takes location out of a TIFF structure (a TIFF file, or EXIF data, which is one) in place: every GPS directory is zeroed and its
 * pointer removed from the directory that holds it; XMP and IPTC in tags are scrubbed. Nothing else moves, so all other offsets hold.
 * @param tiff view of exactly the structure; written to
 * @returns whether anything was changed
 */
export function scrubTiff(tiff: Uint8Array): boolean {
  if (tiff.length < 8) return false;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  if ((tiff[0] !== 0x49 && tiff[0] !== 0x4d) || view.getUint16(2, little) !== 42) return false;
  const walk: Walk = { tiff, view, little, seen: new Set(), changed: false };
  const queue = [view.getUint32(4, little)];
  while (queue.length > 0 && walk.seen.size < MAX_IFDS) queue.push(...scrubDirectory(walk, queue.pop() ?? 0));
  return walk.changed;
}

interface Walk {
  readonly tiff: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly seen: Set<number>;
  changed: boolean;
}

/** @returns offsets of the directories that this one leads to. */
function scrubDirectory(walk: Walk, offset: number): number[] {
  const { tiff, view, little, seen } = walk;
  if (offset < 8 || offset + 2 > tiff.length || seen.has(offset)) return [];
  seen.add(offset);
  let count = view.getUint16(offset, little);
  if (offset + 2 + 12 * count > tiff.length) return [];
  const next: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = offset + 2 + 12 * i;
    const tag = view.getUint16(at, little);
    const range = valueRange(walk, at);
    if (tag === GPS_IFD) {
      zeroDirectory(walk, view.getUint32(at + 8, little));
      removeEntry(walk, offset, i);
      count--;
      i--;
    } else if (tag === EXIF_IFD) next.push(view.getUint32(at + 8, little));
    else if (tag === SUB_IFDS && range) for (let k = range[0]; k + 4 <= range[1]; k += 4) next.push(view.getUint32(k, little));
    else if (range && (tag === XMP || tag === IPTC || tag === PHOTOSHOP)) {
      const data = tiff.subarray(range[0], range[1]);
      const hit = tag === XMP ? scrubXmp(data) : tag === IPTC ? scrubIptc(data) : scrubPhotoshop(data, scrubTiff);
      if (hit) walk.changed = true;
    }
  }
  const link = offset + 2 + 12 * count;
  if (link + 4 <= tiff.length) next.push(view.getUint32(link, little));
  return next;
}

/** Where an entry's value lies: in the entry itself up to four bytes, else where the entry points. */
function valueRange({ tiff, view, little }: Walk, entry: number): [number, number] | null {
  const bytes = (TYPE_BYTES[view.getUint16(entry + 2, little)] ?? 0) * view.getUint32(entry + 4, little);
  const start = bytes <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
  return bytes > 0 && start + bytes <= tiff.length ? [start, start + bytes] : null;
}

function zeroDirectory(walk: Walk, offset: number): void {
  const { tiff, view, little } = walk;
  walk.changed = true;
  if (offset < 8 || offset + 2 > tiff.length) return;
  const count = view.getUint16(offset, little);
  if (offset + 2 + 12 * count > tiff.length) return;
  for (let i = 0; i < count; i++) {
    const range = valueRange(walk, offset + 2 + 12 * i);
    if (range) tiff.fill(0, range[0], range[1]);
  }
  tiff.fill(0, offset, Math.min(tiff.length, offset + 2 + 12 * count + 4));
}

/** Moves the entries behind entry `index` and the link to the next directory up; the last twelve bytes stay unused. */
function removeEntry({ tiff, view, little }: Walk, offset: number, index: number): void {
  const count = view.getUint16(offset, little);
  const end = Math.min(tiff.length, offset + 2 + 12 * count + 4);
  const at = offset + 2 + 12 * index;
  tiff.copyWithin(at, at + 12, end);
  tiff.fill(0, end - 12, end);
  view.setUint16(offset, count - 1, little);
}
