import { get, set } from "./words";

/**
 * Lists the runs of ink (px that are 1) of `rows` rows of `width` px at `data`: first columns at `starts`, columns behind the last at `ends`, and for each row
 * how many runs there are before it at `firstOfRow`; all i32. Up to 16 bytes behind the last row are read.
 * @returns the number of runs, `before` included, which stand in other lists
 */
export function listRuns(data: usize, width: i32, rows: i32, starts: usize, ends: usize, firstOfRow: usize, before: i32): i32 {
  let runs: i32 = 0;
  for (let y: i32 = 0; y < rows; y++) {
    store<i32>(firstOfRow + (usize(y) << 2), before + runs);
    const row = data + usize(y * width);
    // Whether the px before is ink: a run ends where that changes.
    let last: u32 = 0;
    for (let x: i32 = 0; x < width; x += 16) {
      const px = v128.load(row + usize(x));
      let bits: u32 = v128.any_true(px) ? <u32>i8x16.bitmask(i8x16.ne(px, i64x2.splat(0))) : 0;
      if (width - x < 16) bits &= (1 << (width - x)) - 1;
      let changes = (bits ^ ((bits << 1) | last)) & 0xffff;
      last = bits >> 15;
      while (changes != 0) {
        const at = x + i32(ctz(changes));
        changes &= changes - 1;
        if (((bits >> (at - x)) & 1) != 0) store<i32>(starts + (usize(runs) << 2), at);
        else store<i32>(ends + (usize(runs++) << 2), at);
      }
    }
    // A run up to the row's end, where that is a chunk's end too, has not been ended.
    if (last != 0) store<i32>(ends + (usize(runs++) << 2), width);
  }
  return before + runs;
}

function find(parents: usize, run: i32): i32 {
  let root = run;
  while (get(parents, root) != root) root = get(parents, root);
  while (get(parents, run) != root) {
    const next = get(parents, run);
    set(parents, run, root);
    run = next;
  }
  return root;
}

/**
 * Joins runs that touch, corners too, into components, and lists them component by component, in image order: `rows`, `sortedStarts`, `sortedEnds`; at
 * `firstRun` each component's first place there, and behind the last the number of runs. At `boxes` five i32 a component: ink px, first column, first
 * row, behind the last of each. All lists are i32; `parents` and `next` have room for one a run.
 * @returns the number of components
 */
export function joinRuns(
  starts: usize, ends: usize, firstOfRow: usize, height: i32, parents: usize, next: usize, firstRun: usize, boxes: usize,
  rows: usize, sortedStarts: usize, sortedEnds: usize,
): i32 {
  const runs = get(firstOfRow, height);
  for (let run: i32 = 0; run < runs; run++) set(parents, run, run);
  for (let y: i32 = 1; y < height; y++) {
    let above = get(firstOfRow, y - 1);
    const aboveEnd = get(firstOfRow, y);
    const end = get(firstOfRow, y + 1);
    for (let run = aboveEnd; run < end; run++) {
      const start = get(starts, run);
      const stop = get(ends, run);
      // A run above touches where it begins at most one px right of this one's end and ends at most one px left of its start.
      while (above < aboveEnd && get(ends, above) < start) above++;
      for (let a = above; a < aboveEnd && get(starts, a) <= stop; a++) {
        const rootA = find(parents, a);
        const rootB = find(parents, run);
        // The smaller index is the root, so that labels come out in the order of first px.
        if (rootA < rootB) set(parents, rootB, rootA);
        else set(parents, rootA, rootB);
      }
    }
  }
  let count: i32 = 0;
  for (let y: i32 = 0; y < height; y++) {
    for (let run = get(firstOfRow, y), end = get(firstOfRow, y + 1); run < end; run++) {
      const root = find(parents, run);
      const start = get(starts, run);
      const stop = get(ends, run);
      // The root is a component's first run; each run's component stands in `next`.
      if (root == run) {
        const box = boxes + usize(20 * count);
        set(box, 0, 0);
        set(box, 1, start);
        set(box, 2, y);
        set(box, 3, stop);
        set(firstRun, count, 0);
        set(next, run, count++);
      }
      const component = get(next, root);
      set(next, run, component);
      const box = boxes + usize(20 * component);
      set(box, 0, get(box, 0) + stop - start);
      if (start < get(box, 1)) set(box, 1, start);
      if (stop > get(box, 3)) set(box, 3, stop);
      set(box, 4, y + 1);
      set(firstRun, component, get(firstRun, component) + 1);
    }
  }
  // Numbers of runs become first places; `parents` is done with and tells where each component goes on.
  let sum: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const own = get(firstRun, i);
    set(firstRun, i, sum);
    set(parents, i, sum);
    sum += own;
  }
  set(firstRun, count, runs);
  for (let y: i32 = 0; y < height; y++) {
    for (let run = get(firstOfRow, y), end = get(firstOfRow, y + 1); run < end; run++) {
      const component = get(next, run);
      const place = get(parents, component);
      set(parents, component, place + 1);
      set(rows, place, y);
      set(sortedStarts, place, get(starts, run));
      set(sortedEnds, place, get(ends, run));
    }
  }
  return count;
}

/** Counts runs of ink (px that are 1) by their length, at `counts` (i32, up to below `longest`), in `rows` rows of `width` px at `data`. */
export function countRuns(data: usize, width: i32, rows: i32, counts: usize, longest: i32): void {
  for (let y: i32 = 0; y < rows; y++) {
    const row = data + usize(y * width);
    let last: u32 = 0;
    let start: i32 = 0;
    for (let x: i32 = 0; x < width; x += 16) {
      const px = v128.load(row + usize(x));
      let bits: u32 = v128.any_true(px) ? <u32>i8x16.bitmask(i8x16.ne(px, i64x2.splat(0))) : 0;
      if (width - x < 16) bits &= (1 << (width - x)) - 1;
      let changes = (bits ^ ((bits << 1) | last)) & 0xffff;
      last = bits >> 15;
      while (changes != 0) {
        const at = x + i32(ctz(changes));
        changes &= changes - 1;
        if (((bits >> (at - x)) & 1) != 0) start = at;
        else if (at - start < longest) set(counts, at - start, get(counts, at - start) + 1);
      }
    }
    if (last != 0 && width - start < longest) set(counts, width - start, get(counts, width - start) + 1);
  }
}
