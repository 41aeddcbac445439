import type { BinaryImage } from "./images.ts";
import { addressOf, takeRoom } from "./kernels/take-room.ts";

/** Runs of ink, row by row, left to right: each one's first column, and the column behind its last. */
export interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For each row its first run, and behind the last row the number of runs. */
  readonly firstOfRow: Int32Array;
}

/** Of a strip that is worked on at once, within the second cache. */
const STRIP_BYTES = 2 ** 17;

/** Lists the runs of ink (px that are 1), strip by strip through a kernel. Held equal to `run-components.reference.ts` by a test. */
export function listRuns({ width, height, data }: BinaryImage): Runs {
  const strip = Math.min(height, Math.max(1, Math.floor(STRIP_BYTES / width)));
  // Of a row at most every other px begins a run.
  const most = strip * ((width + 1) >> 1);
  const firstOfRow = new Int32Array(height + 1);
  const { kernels, bytes, at } = takeRoom([width * strip, 4 * most, 4 * most, 4 * strip]);
  const [pixels, stripStarts, stripEnds, stripRows] = at;
  const own = addressOf(data);
  let starts = new Int32Array(0);
  let ends = new Int32Array(0);
  let runs = 0;
  for (let y = 0; y < height; y += strip) {
    const rows = Math.min(strip, height - y);
    if (own === null) bytes.set(data.subarray(y * width, (y + rows) * width), pixels);
    const all = kernels.listRuns(own === null ? pixels : own + y * width, width, rows, stripStarts, stripEnds, stripRows, runs);
    firstOfRow.set(new Int32Array(bytes.buffer, stripRows, rows), y);
    if (all > starts.length) {
      // The rows to come may hold as many as those before did.
      const capacity = Math.max(all, y + rows === height ? all : Math.ceil((1.2 * all * height) / (y + rows)));
      starts = grown(starts, capacity);
      ends = grown(ends, capacity);
    }
    starts.set(new Int32Array(bytes.buffer, stripStarts, all - runs), runs);
    ends.set(new Int32Array(bytes.buffer, stripEnds, all - runs), runs);
    runs = all;
  }
  firstOfRow[height] = runs;
  return { starts: starts.subarray(0, runs), ends: ends.subarray(0, runs), firstOfRow };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
