import type { FileHandle } from "node:fs/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { unpackOptions } from "./unpack-options.ts";

const TRAILER_BYTES = 8;
const BUFFER_BYTES = 65_536;

/**
 * Unpacks a .gz file. It passes through a small buffer: packed and unpacked it is never in memory together, and the unpacked is one array where the file's
 * trailer says its size.
 * @throws Error where the data is damaged, cut short, or becomes more than `maxBytes`
 */
export async function unpackFile(file: FileHandle, maxBytes: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  const trailer = Buffer.alloc(TRAILER_BYTES);
  await file.read(trailer, 0, TRAILER_BYTES, Math.max(0, size - TRAILER_BYTES));
  const { chunkSize } = unpackOptions({ length: size, trailer }, maxBytes);
  const gunzip = createGunzip({ chunkSize });
  const pieces: Buffer[] = [];
  let length = 0;
  gunzip.on("data", (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) gunzip.destroy(new RangeError(`It becomes more than ${maxBytes} bytes.`));
  });
  await pass(file, gunzip);
  return join(pieces, length);
}

/** Sends the file through zlib, a piece after the other. */
function pass(file: FileHandle, gunzip: Gunzip): Promise<void> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.alloc(BUFFER_BYTES);
    let at = 0;
    const next = async (): Promise<void> => {
      const { bytesRead } = await file.read(buffer, 0, BUFFER_BYTES, at);
      at += bytesRead;
      if (bytesRead === 0) gunzip.end();
      // Called once zlib has taken the piece in: only then may the buffer be filled anew.
      else gunzip.write(buffer.subarray(0, bytesRead), (error) => (error ? reject(error) : void next().catch(reject)));
    };
    gunzip.on("error", reject);
    gunzip.on("end", resolve);
    next().catch(reject);
  });
}

/** zlib fills one array as long as it has room, and hands it out in pieces: they are put together where they are, or copied where they lie apart. */
function join(pieces: readonly Buffer[], length: number): Uint8Array {
  const first = pieces[0];
  if (!first) return new Uint8Array(0);
  let end = first.byteOffset;
  const together = pieces.every((piece) => {
    const follows = piece.buffer === first.buffer && piece.byteOffset === end;
    end += piece.length;
    return follows;
  });
  return together ? new Uint8Array(first.buffer, first.byteOffset, length) : Buffer.concat(pieces, length);
}
