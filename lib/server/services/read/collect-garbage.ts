import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Pictures' memory lies outside the JavaScript heap: a heap of 20 MB seems small to its collector with hundreds of MB of dead pictures hanging on it. */
const MOST_BYTES = 110 * 2 ** 20;

let gc: (() => void) | null = null;

/** Frees the pictures of the files before, where there are many: before the next one is decoded, not some time after. */
export function collectGarbage(): void {
  if (process.memoryUsage().external < MOST_BYTES) return;
  if (gc === null) {
    setFlagsFromString("--expose-gc");
    gc = runInNewContext("gc") as () => void;
  }
  gc();
}
