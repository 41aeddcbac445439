import { assertArgument } from "../core/assert.ts";

/**
 * Encodes images as an IDX3 file of unsigned bytes, as MNIST's (format: see idx.ts). Not packed with gzip.
 * @param data count x rows x columns bytes, 255 = ink
 * @throws InkformError `invalid-argument` where the bytes are not a whole number of images
 */
export function encodeIdxImages(data: Uint8Array, options: { readonly rows?: number; readonly columns?: number } = {}): Uint8Array {
  const { rows = 28, columns = 28 } = options;
  const size = rows * columns;
  assertArgument(
    Number.isInteger(rows) && Number.isInteger(columns) && rows > 0 && columns > 0,
    `An image's rows and columns must be whole and positive, not ${rows} x ${columns}.`,
  );
  assertArgument(data.length % size === 0, `${data.length} bytes are not a whole number of ${rows} x ${columns} images.`);
  return encodeIdx([data.length / size, rows, columns], data);
}

/** Encodes labels as an IDX1 file of unsigned bytes, as MNIST's. */
export function encodeIdxLabels(labels: Uint8Array): Uint8Array {
  return encodeIdx([labels.length], labels);
}

function encodeIdx(dimensions: number[], data: Uint8Array): Uint8Array {
  const headerBytes = 4 + 4 * dimensions.length;
  const bytes = new Uint8Array(headerBytes + data.length);
  const view = new DataView(bytes.buffer);
  bytes[2] = 0x08;
  bytes[3] = dimensions.length;
  for (const [d, n] of dimensions.entries()) view.setUint32(4 + 4 * d, n);
  bytes.set(data, headerBytes);
  return bytes;
}
