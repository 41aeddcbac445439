export const FILE_FORMATS = ["jpeg", "png", "webp", "tiff", "pdf", "heic"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);

/** A file's format by its first bytes, never by its name; null for anything that is not on the list. */
export function detectFormat(bytes: Uint8Array): FileFormat | null {
  const text = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
  if (text(0, 4) === "II*\0" || text(0, 4) === "MM\0*") return "tiff";
  if (text(4, 8) === "ftyp" && isHeic(bytes, text)) return "heic";
  // ISO 32000-1, annex H: readers accept the header anywhere in the first 1,024 bytes.
  if (text(0, 1024).includes("%PDF-")) return "pdf";
  return null;
}

/** `mif1` says only "some image in HEIF": then a compatible brand must say that it is HEVC's (AVIF has `avif`). */
function isHeic(bytes: Uint8Array, text: (start: number, end: number) => string): boolean {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  if (HEIC_BRANDS.has(text(8, 12))) return true;
  if (!["mif1", "msf1"].includes(text(8, 12))) return false;
  for (let at = 16; at + 4 <= Math.min(size, bytes.length, 256); at += 4) if (HEIC_BRANDS.has(text(at, at + 4))) return true;
  return false;
}
