/** Deflate never makes data more than about 1,032 times smaller (zlib's technical notes). */
const MOST_TIMES_SMALLER = 1032;
/** zlib's usual piece, for files whose trailer says too little: those of several parts say the last one's size. */
const LEAST_CHUNK = 16_384;

/**
 * Options with which zlib unpacks a .gz file in one piece, as large as the file's trailer says it becomes (RFC 1952: ISIZE, modulo 2^32): in
 * pieces of its usual size, the pieces and the whole would be in memory together.
 * @param packed the file's length, and its last bytes or the whole file; what its trailer says is not trusted beyond what is possible
 */
export function unpackOptions(
  packed: { readonly length: number; readonly trailer: Uint8Array },
  maxBytes: number,
): { chunkSize: number; maxOutputLength: number } {
  const { length, trailer } = packed;
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength);
  const said = length >= 4 ? view.getUint32(trailer.length - 4, true) : 0;
  const possible = Math.min(said, length * MOST_TIMES_SMALLER, maxBytes - 1);
  // A byte more than needed: a piece that is filled to its end makes zlib prepare another.
  return { chunkSize: Math.max(LEAST_CHUNK, possible + 1), maxOutputLength: maxBytes };
}
