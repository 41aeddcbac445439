import { scrubMotionPhoto } from "./scrub-jpeg.ts";
import { scrubTiff } from "./scrub-tiff.ts";
import { scrubXmp } from "./scrub-xmp.ts";

interface IsoBox {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Scrubs the EXIF and XMP items of a HEIF file in place. Their places are in the `meta` box: `iinf` names the items, `iloc` says where
 * their bytes are (ISO/IEC 14496-12, 8.11).
 * @returns whether anything was changed
 */
export function scrubHeic(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let changed = scrubMotionPhoto(buffer);
  const meta = boxes(buffer, 0, buffer.length).find((box) => box.type === "meta");
  if (!meta) return changed;
  const children = boxes(buffer, meta.start + 4, meta.end);
  const items = itemTypes(
    buffer,
    children.find((box) => box.type === "iinf"),
  );
  const idat = children.find((box) => box.type === "idat");
  for (const [id, extents] of itemExtents(
    buffer,
    children.find((box) => box.type === "iloc"),
    idat?.start ?? 0,
  )) {
    const type = items.get(id);
    if (type !== "Exif" && type !== "xmp") continue;
    const item = Buffer.concat(extents.map(([start, end]) => buffer.subarray(start, end)));
    // An Exif item begins with the distance from behind these four bytes to the TIFF header.
    const hit =
      type === "xmp" ? scrubXmp(item) : item.length > 8 && scrubTiff(item.subarray(Math.min(item.length, 4 + item.readUInt32BE(0))));
    if (!hit) continue;
    changed = true;
    let at = 0;
    for (const [start, end] of extents) at += item.copy(buffer, start, at, at + end - start);
  }
  return changed;
}

function boxes(buffer: Buffer, from: number, to: number): IsoBox[] {
  const found: IsoBox[] = [];
  for (let at = from; at + 8 <= to; ) {
    let size = buffer.readUInt32BE(at);
    let head = 8;
    if (size === 1 && at + 16 <= to) [size, head] = [Number(buffer.readBigUInt64BE(at + 8)), 16];
    if (size === 0) size = to - at;
    if (size < head || at + size > to) break;
    found.push({ type: buffer.toString("latin1", at + 4, at + 8), start: at + head, end: at + size });
    at += size;
  }
  return found;
}

/** "Exif" or "xmp" for the items of those kinds, by id. */
function itemTypes(buffer: Buffer, iinf: IsoBox | undefined): Map<number, string> {
  const types = new Map<number, string>();
  if (!iinf) return types;
  const first = iinf.start + (buffer[iinf.start] === 0 ? 6 : 8);
  for (const { type, start, end } of boxes(buffer, first, iinf.end)) {
    if (type !== "infe" || buffer[start] < 2) continue;
    const wide = buffer[start] >= 3;
    const id = wide ? buffer.readUInt32BE(start + 4) : buffer.readUInt16BE(start + 4);
    const typeAt = start + (wide ? 10 : 8);
    const kind = buffer.toString("latin1", typeAt, typeAt + 4);
    if (kind === "Exif") types.set(id, "Exif");
    if (kind === "mime" && buffer.toString("latin1", typeAt + 4, end).includes("application/rdf+xml")) types.set(id, "xmp");
  }
  return types;
}

function* itemExtents(buffer: Buffer, iloc: IsoBox | undefined, idat: number): Generator<[number, [number, number][]]> {
  if (!iloc) return;
  let at = iloc.start;
  const read = (bytes: number): number => {
    if (at + bytes > iloc.end) return 0;
    const value = bytes === 0 ? 0 : bytes === 8 ? Number(buffer.readBigUInt64BE(at)) : buffer.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = read(1);
  read(3);
  const sizes = read(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version > 0 ? sizes & 15 : 0;
  const count = read(version < 2 ? 2 : 4);
  for (let i = 0; i < count && at < iloc.end; i++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseBytes) + (method === 1 ? idat : 0);
    const extents: [number, number][] = [];
    for (let k = read(2); k > 0 && at < iloc.end; k--) {
      read(indexBytes);
      const start = base + read(offsetBytes);
      const end = start + read(lengthBytes);
      if (end <= buffer.length && end > start) extents.push([start, end]);
    }
    if (method <= 1) yield [id, extents];
  }
}
