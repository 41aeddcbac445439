import { closePictures, openPictures, takePicture } from "./kernels/take-room.ts";

/** A buffer that no scope uses now is let go when so many scopes have had no use for it: a page of unusual size leaves no trace. */
const KEPT_SCOPES = 4;

/** Buffers of scopes that have ended, with the number of scopes since; and those that the scope that runs has taken. */
let spare: { readonly buffer: ArrayBuffer; readonly unused: number }[] = [];
let taken: ArrayBuffer[] | null = null;

/**
 * Runs `work`, in which `takeBytes` gives out the buffers of scopes before: memory that is neither asked of the system, nor cleared
 * by it, nor collected, page after page. `work` must not wait for anything, and nothing that it returns may hold what `takeBytes` gave it.
 */
export function reuseBytes<Result>(work: () => Result): Result {
  // Within another scope: its buffers are given back with that one's.
  if (taken !== null) return work();
  taken = [];
  openPictures();
  try {
    return work();
  } finally {
    closePictures();
    const old = spare.map(({ buffer, unused }) => ({ buffer, unused: unused + 1 })).filter(({ unused }) => unused <= KEPT_SCOPES);
    spare = [...taken.map((buffer) => ({ buffer, unused: 0 })), ...old];
    taken = null;
  }
}

/**
 * `length` zeros for an image of a page; outside `reuseBytes` simply a new array.
 * @param overwritten true where the caller writes to all of them: then they may hold anything
 */
export function takeBytes(length: number, overwritten = false): Uint8Array<ArrayBuffer> {
  if (taken === null) return new Uint8Array(length);
  const picture = takePicture(length);
  if (picture !== null) return overwritten ? picture : picture.fill(0);
  const k = spare.findIndex(({ buffer }) => buffer.byteLength >= length && buffer.byteLength <= 1.25 * length);
  const buffer = k < 0 ? new ArrayBuffer(length) : spare.splice(k, 1)[0].buffer;
  taken.push(buffer);
  const bytes = new Uint8Array(buffer, 0, length);
  return k < 0 || overwritten ? bytes : bytes.fill(0);
}
