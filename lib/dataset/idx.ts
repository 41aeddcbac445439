import { InkformError } from "../core/inkform-error.ts";

/**
 * Reads IDX, MNIST's file format (LeCun, Cortes, Burges, "THE MNIST DATABASE of handwritten digits"): two zero bytes, a type byte
 * (0x08 = unsigned byte), the number of dimensions, each dimension as a big-endian uint32, then the values, the last index
 * fastest. Gzip is undone by the caller.
 */
export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** count x rows x columns bytes; 255 = ink in MNIST's files. A view of the file's bytes, not a copy. */
  readonly data: Uint8Array;
}

/**
 * @param bytes an IDX3 file of unsigned bytes, unpacked
 * @param name the file's name, for messages
 * @throws InkformError `invalid-file`
 */
export function decodeIdxImages(bytes: Uint8Array, name: string): IdxImages {
  const { dimensions, data } = decodeIdx(bytes, name, 3, "images");
  const [count, rows, columns] = dimensions as [number, number, number];
  if (rows === 0 || columns === 0) throw new InkformError("invalid-file", `${name}: says its images are ${rows} x ${columns} pixels.`);
  return { count, rows, columns, data };
}

/**
 * @param bytes an IDX1 file of unsigned bytes, unpacked
 * @param name the file's name, for messages
 * @returns one label byte an example, a view of the file's bytes
 * @throws InkformError `invalid-file`
 */
export function decodeIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  return decodeIdx(bytes, name, 1, "labels").data;
}

const HINT = "Expected one of MNIST's IDX files, such as train-images-idx3-ubyte.";

function decodeIdx(bytes: Uint8Array, name: string, wanted: 1 | 3, what: string): { dimensions: number[]; data: Uint8Array } {
  if (bytes.length === 0) throw new InkformError("invalid-file", `${name}: the file is empty. ${HINT}`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new InkformError("invalid-file", `${name}: is packed with gzip and was not unpacked; give it the ending .gz.`);
  }
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw new InkformError("invalid-file", `${name}: is not an IDX file (it does not start with two zero bytes). ${HINT}`);
  }
  if (bytes[2] !== 0x08) {
    throw new InkformError("invalid-file", `${name}: holds values of type 0x${hex(bytes[2]!)}; only unsigned bytes (0x08) are read.`);
  }
  if (bytes[3] !== wanted) {
    const swapped = (bytes[3] === 1 && wanted === 3) || (bytes[3] === 3 && wanted === 1);
    const hint = swapped ? " Images and labels may have been exchanged." : "";
    throw new InkformError("invalid-file", `${name}: has ${bytes[3]} dimensions where ${what} have ${wanted}.${hint}`);
  }
  const headerBytes = 4 + 4 * wanted;
  if (bytes.length < headerBytes) throw new InkformError("invalid-file", `${name}: ends within its header, after ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: wanted }, (_, d) => view.getUint32(4 + 4 * d));
  const expected = headerBytes + dimensions.reduce((product, n) => product * n, 1);
  if (bytes.length !== expected) {
    const fault = bytes.length < expected ? "is cut short" : "has bytes after its end";
    throw new InkformError(
      "invalid-file",
      `${name}: ${fault}: its header says ${dimensions.join(" x ")}, which is ${expected} bytes, but the file has ${bytes.length}.`,
    );
  }
  return { dimensions, data: bytes.subarray(headerBytes) };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
