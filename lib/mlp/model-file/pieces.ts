/** Bytes that are formed piece after piece as they are read: a large file is nowhere as a whole. */
export interface Pieces {
  /** Bytes of all of them. */
  readonly length: number;
  /** From the start; each piece is good until the next is asked for. */
  readonly read: () => Iterable<Uint8Array>;
}

/** Bytes of a piece at most. */
export const PIECE = 2 ** 20;

/** Bytes that are there, a piece at a time. */
export function* cutIntoPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** All of them one after another. */
export function joinPieces({ length, read }: Pieces): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of read()) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
