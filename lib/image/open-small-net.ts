import { type SmallNet, toProbabilities } from "../core/small-net.ts";
import { openRoom } from "./kernels/take-room.ts";

/** The kernel takes so many hidden units and outputs at a time. */
const UNITS = 32;
const LANES = 4;

/**
 * A small network by a kernel, with its weights in a memory of its own: `runSmallNet` of lib/core is the plain way, to about 1e-5 of a probability (sums are
 * of 32 bits here); a test holds them together.
 * @returns what `runSmallNet` returns of the network
 */
export function openSmallNet({ inputs, hidden, outputs, w1, b1, w2, b2 }: SmallNet): (values: Float32Array) => Float32Array {
  // Units and outputs that are none have weights of 0.
  const [H, O] = [Math.ceil(hidden / UNITS) * UNITS, Math.ceil(outputs / LANES) * LANES];
  const lengths = [inputs, inputs * H, H, H * O, O, O, inputs, UNITS].map((values) => 4 * values);
  const { kernels, bytes, at } = openRoom(lengths);
  const [x, W1, B1, W2, B2, out, list, units] = at;
  const floats = (place: number, length: number): Float32Array => new Float32Array(bytes.buffer, place, length);
  const setRows = (place: number, rows: number, columns: number, wide: number, weights: Float32Array): void => {
    for (let row = 0; row < rows; row++) floats(place + 4 * row * wide, columns).set(weights.subarray(row * columns, (row + 1) * columns));
  };
  setRows(W1, inputs, hidden, H, w1);
  setRows(B1, 1, hidden, H, b1);
  setRows(W2, hidden, outputs, O, w2);
  setRows(B2, 1, outputs, O, b2);
  const [given, sums] = [floats(x, inputs), floats(out, outputs)];
  return (values) => {
    given.set(values);
    kernels.smallNet(x, W1, B1, W2, B2, out, list, units, inputs, H, O);
    return toProbabilities(new Float64Array(sums));
  };
}
