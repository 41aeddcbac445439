import { InkformError } from "../../core/inkform-error.ts";
import type { Floats } from "../kernels/kernels.ts";
import {
  type Activation,
  countParameters,
  createNetwork,
  hasOnlyFinite,
  isFiniteArray,
  listArrays,
  type Network,
  type WeightSource,
} from "../network.ts";
import { fromHalf, toHalf } from "./half-float.ts";
import { PIECE, type Pieces } from "./pieces.ts";

export type WeightFormat = "f32" | "f16";

const BYTES: Record<WeightFormat, number> = { f32: 4, f16: 2 };

/** Bytes of a network's weights in a file. */
export function countNetworkBytes(sizes: readonly number[], format: WeightFormat): number {
  return countParameters(sizes) * BYTES[format];
}

/**
 * All arrays of a network one after another, little-endian. One whose weights are elsewhere is read some rows at a time, as it is when the pieces are read.
 * @throws InkformError `internal` where a number is not finite, of weights that are elsewhere when the pieces are read
 */
export function encodeWeights(network: Network | WeightSource, format: WeightFormat): Pieces {
  return "readRows" in network ? encodeSource(network, format) : encodeNetwork(network, format);
}

function encodeNetwork(network: Network, format: WeightFormat): Pieces {
  if (!hasOnlyFinite(network)) refuseNotFinite();
  const count = PIECE / BYTES[format];
  return {
    length: countNetworkBytes(network.sizes, format),
    *read() {
      for (const array of listArrays(network)) {
        for (let at = 0; at < array.length; at += count) yield encodeNumbers(array.subarray(at, at + count), format);
      }
    },
  };
}

function encodeSource({ sizes, readRows }: WeightSource, format: WeightFormat): Pieces {
  return {
    length: countNetworkBytes(sizes, format),
    *read() {
      const room = new Float32Array(PIECE / BYTES.f32);
      for (let l = 0; l + 1 < sizes.length; l++) {
        // The biases are one row more. A layer has at most 100,000 columns, so there is room for at least two rows.
        const [rows, O] = [sizes[l]! + 1, sizes[l + 1]!];
        const most = Math.floor(room.length / O);
        for (let first = 0; first < rows; first += most) {
          const numbers = room.subarray(0, Math.min(most, rows - first) * O);
          readRows(numbers, { l, first });
          if (!isFiniteArray(numbers)) refuseNotFinite();
          // In their own place, where 16-bit numbers take the first half; where the machine is not little-endian, that turns the bytes round.
          const bytes = new Uint8Array(room.buffer, 0, numbers.length * BYTES[format]);
          writeNumbers(bytes, numbers, format);
          yield bytes;
        }
      }
    },
  };
}

function refuseNotFinite(): never {
  throw new InkformError("internal", "The network holds weights that are not numbers and was not saved.");
}

/** Little-endian. @throws InkformError `invalid-argument` where a number is too large for 16 bits */
export function encodeNumbers(array: Floats, format: WeightFormat): Uint8Array {
  const bytes = new Uint8Array(array.length * BYTES[format]);
  writeNumbers(bytes, array, format);
  return bytes;
}

function writeNumbers(bytes: Uint8Array, array: Floats, format: WeightFormat): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let k = 0; k < array.length; k++) {
    if (format === "f32") view.setFloat32(4 * k, array[k]!, true);
    else {
      const half = toHalf(array[k]!);
      if ((half & 0x7c00) === 0x7c00) {
        throw new InkformError("invalid-argument", `The weight ${array[k]} is too large for 16 bits: save the model with 32 bits.`);
      }
      view.setUint16(2 * k, half, true);
    }
  }
}

/** @throws InkformError `invalid-file` where the bytes are not exactly such a network */
export function decodeNetwork(
  bytes: Uint8Array,
  shape: { readonly sizes: readonly number[]; readonly activation: Activation; readonly format: WeightFormat },
): Network {
  const { sizes, activation, format } = shape;
  const expected = countNetworkBytes(sizes, format);
  // Before anything is allocated: sizes from a file are not trusted.
  if (bytes.length !== expected) {
    throw new InkformError(
      "invalid-file",
      `The model file's layers ${sizes.join("-")} need ${expected} bytes of weights, but it has ${bytes.length}.`,
    );
  }
  const network = createNetwork(sizes, activation, (length) => new Float32Array(length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const array of listArrays(network)) {
    for (let k = 0; k < array.length; k++) {
      array[k] = format === "f32" ? view.getFloat32(at, true) : fromHalf(view.getUint16(at, true));
      at += BYTES[format];
    }
  }
  if (!hasOnlyFinite(network)) throw new InkformError("invalid-file", "The model file holds weights that are not numbers. Train it again.");
  return network;
}
