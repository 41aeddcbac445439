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
import type { Payload } from "./container.ts";
import { fromHalf, toHalf } from "./half-float.ts";

export type WeightFormat = "f32" | "f16";

const BYTES: Record<WeightFormat, number> = { f32: 4, f16: 2 };

/** Bytes of a network's weights in a file. */
export function countNetworkBytes(sizes: readonly number[], format: WeightFormat): number {
  return countParameters(sizes) * BYTES[format];
}

/** All arrays of the network one after another, little-endian. @throws InkformError `internal` where a number is not finite */
export function encodeNetwork(network: Network, format: WeightFormat): Payload {
  if (!hasOnlyFinite(network)) refuseNotFinite();
  return {
    length: countNetworkBytes(network.sizes, format),
    write: (target) => {
      let at = 0;
      for (const array of listArrays(network)) {
        const length = array.length * BYTES[format];
        writeNumbers(target.subarray(at, at + length), array, format);
        at += length;
      }
    },
  };
}

/** The same in 32 bits, straight from where the weights are: they are looked at when they are written. The file's buffer must begin at a multiple of 4. */
export function encodeSource({ sizes, readLayer }: WeightSource): Payload {
  return {
    length: countNetworkBytes(sizes, "f32"),
    write: (target) => {
      let at = 0;
      const take = (length: number): { bytes: Uint8Array; floats: Float32Array } => {
        const bytes = target.subarray(at, at + 4 * length);
        at += 4 * length;
        return { bytes, floats: new Float32Array(bytes.buffer, bytes.byteOffset, length) };
      };
      for (let l = 0; l + 1 < sizes.length; l++) {
        const w = take(sizes[l]! * sizes[l + 1]!);
        const b = take(sizes[l + 1]!);
        readLayer(l, { w: w.floats, b: b.floats });
        for (const { bytes, floats } of [w, b]) {
          if (!isFiniteArray(floats)) refuseNotFinite();
          // In its own place: where the machine is not little-endian, that turns the bytes round.
          writeNumbers(bytes, floats, "f32");
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
