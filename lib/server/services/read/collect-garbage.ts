import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Pictures' memory lies outside the JavaScript heap: a heap of 20 MB seems small to its collector with hundreds of MB of dead pictures hanging on it. */
const MOST_GROWTH = 48 * 2 ** 20;

let gc: (() => void) | null = null;
/** What was left by the last collection: buffers that are used again, and the memories of code in WebAssembly. */
let left = 0;

/** Frees the pictures of the files before, where they have come to much: before the next one is decoded, not some time after. */
export function collectGarbage(): void {
  if (process.memoryUsage().external - left < MOST_GROWTH) return;
  if (gc === null) {
    setFlagsFromString("--expose-gc");
    gc = runInNewContext("gc") as () => void;
  }
  gc();
  left = process.memoryUsage().external;
}
