import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "./images.ts";

/** An 8-connected set of ink px. */
export interface Component {
  /** From 1; `components[label - 1]` is this component. */
  readonly label: number;
  /** Ink px. */
  readonly area: number;
  /** Tight, in px of the image. */
  readonly box: Box;
}

/** Components as runs of ink: a page's ink is a twentieth of its px, and its runs are far fewer still. */
export interface RunComponents {
  /** In the order of their first px, row by row. */
  readonly components: Component[];
  /** The runs of the component `label` are those from `firstRun[label - 1]` to before `firstRun[label]`, row by row, left to right. */
  readonly firstRun: Int32Array;
  /** Each run's row, first column, and the column behind its last. */
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * The 8-connected components of the ink. Runs of ink are the nodes of a union-find (He, Chao and Suzuki 2008, "A run-based two-scan
 * labeling algorithm"): cost grows with the number of runs. Where each px's label is wanted, see `findComponents`.
 */
export function findRunComponents(image: BinaryImage): RunComponents {
  const { width, height, data } = image;
  // A glyph has a few runs a row, a page some ten thousand.
  let capacity = Math.max(64, 2 * height);
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let parents = new Int32Array(capacity);
  const firstOfRow = new Int32Array(height + 1);
  let runs = 0;
  let nextInk = -1;

  const find = (run: number): number => {
    let root = run;
    while (parents[root] !== root) root = parents[root];
    while (parents[run] !== root) {
      const next = parents[run];
      parents[run] = root;
      run = next;
    }
    return root;
  };

  for (let y = 0; y < height; y++) {
    firstOfRow[y] = runs;
    const base = y * width;
    const end = base + width;
    let above = y > 0 ? firstOfRow[y - 1] : 0;
    const aboveEnd = y > 0 ? firstOfRow[y] : 0;
    let i = base;
    while (i < end) {
      if (data[i] === 0) {
        // The search may cross into later rows: what it found there is kept, so that empty rows are searched once.
        if (nextInk < i) {
          nextInk = data.indexOf(1, i);
          if (nextInk < 0) nextInk = data.length;
        }
        if (nextInk >= end) break;
        i = nextInk;
      }
      const start = i - base;
      while (i < end && data[i] !== 0) i++;
      const stop = i - base; // one past the run's last px
      if (runs === capacity) {
        capacity *= 2;
        starts = grown(starts, capacity);
        ends = grown(ends, capacity);
        parents = grown(parents, capacity);
      }
      starts[runs] = start;
      ends[runs] = stop;
      parents[runs] = runs;
      // A run above touches where it begins at most one px right of this one's end and ends at most one px left of its start.
      while (above < aboveEnd && ends[above] < start) above++;
      for (let a = above; a < aboveEnd && starts[a] <= stop; a++) {
        const rootA = find(a);
        const rootB = find(runs);
        // The smaller index is the root, so that labels come out in the order of first px.
        if (rootA < rootB) parents[rootB] = rootA;
        else parents[rootA] = rootB;
      }
      runs++;
    }
  }
  firstOfRow[height] = runs;

  return groupRuns({ starts, ends, firstOfRow, find });
}

interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For each row its first run, and behind the last row the number of runs. */
  readonly firstOfRow: Int32Array;
  readonly find: (run: number) => number;
}

/** Runs in image order -> runs by component. */
function groupRuns({ starts, ends, firstOfRow, find }: Runs): RunComponents {
  const height = firstOfRow.length - 1;
  const runs = firstOfRow[height];
  const labelOf = new Int32Array(runs);
  const areas: number[] = [];
  const counts: number[] = [];
  const left: number[] = [];
  const top: number[] = [];
  const right: number[] = [];
  const bottom: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let run = firstOfRow[y]; run < firstOfRow[y + 1]; run++) {
      const root = find(run);
      const start = starts[run];
      const end = ends[run];
      // The root is a component's first run.
      if (root === run) {
        areas.push(0);
        counts.push(0);
        left.push(start);
        top.push(y);
        right.push(end);
        bottom.push(y + 1);
        labelOf[run] = areas.length;
      }
      const label = labelOf[root];
      const i = label - 1;
      labelOf[run] = label;
      areas[i] += end - start;
      counts[i]++;
      if (start < left[i]) left[i] = start;
      if (end > right[i]) right[i] = end;
      bottom[i] = y + 1;
    }
  }
  const firstRun = new Int32Array(areas.length + 1);
  for (let i = 0; i < counts.length; i++) firstRun[i + 1] = firstRun[i] + counts[i];
  const next = firstRun.slice();
  const sorted = { rows: new Int32Array(runs), starts: new Int32Array(runs), ends: new Int32Array(runs) };
  for (let y = 0; y < height; y++) {
    for (let run = firstOfRow[y]; run < firstOfRow[y + 1]; run++) {
      const place = next[labelOf[run] - 1]++;
      sorted.rows[place] = y;
      sorted.starts[place] = starts[run];
      sorted.ends[place] = ends[run];
    }
  }
  const components = areas.map(
    (area, i): Component => ({ label: i + 1, area, box: [left[i], top[i], right[i] - left[i], bottom[i] - top[i]] }),
  );
  return { components, firstRun, ...sorted };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
