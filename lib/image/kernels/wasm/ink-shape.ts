import { get, set } from "./words";

/**
 * What the ink (px that are 1) of a small picture of `width` x `height` px at `data` amounts to, as eight i32 at `out`: ink px; separate pieces of ink in all rows and in
 * all columns; the most of a row and of a column; pieces of paper that ink encloses, of at least `leastHole` px, and their px together. Paper joins over
 * its corners, and there is paper all around.
 * @param starts,ends,parents,areas scratch, i32 each: (`height` + 2) x (`width` / 2 + 2)
 * @param columns scratch: 2 x `width` bytes
 *
 * Up to 32 bytes behind the picture and `columns` are read, and written behind `columns`.
 */
export function inkShape(
  data: usize, width: i32, height: i32, starts: usize, ends: usize, parents: usize, areas: usize, columns: usize, out: usize, leastHole: i32,
): void {
  for (let x: i32 = 0; x < width; x += 8) v128.store(columns + (usize(x) << 1), i64x2.splat(0));
  // A row of paper before the first, one behind the last; columns are counted from one before the picture.
  let area: i32 = 0;
  let rowPieces: i32 = 0;
  let mostInRow: i32 = 0;
  let above: i32 = 0;
  let runs: i32 = 1;
  open(starts, ends, parents, areas, 0, 0, width + 2);
  for (let y: i32 = 0; y < height; y++) {
    const row = data + usize(y * width);
    const first = runs;
    let start: i32 = 0;
    let last: u32 = 0;
    for (let x: i32 = 0; x < width; x += 16) {
      let ink = i8x16.ne(v128.load(row + usize(x)), i64x2.splat(0));
      let bits: u32 = <u32>i8x16.bitmask(ink);
      if (width - x < 16) bits &= (1 << (width - x)) - 1;
      area += i32(popcnt(bits));
      let changes = (bits ^ ((bits << 1) | last)) & 0xffff;
      last = bits >> 15;
      while (changes != 0) {
        const at = x + i32(ctz(changes));
        changes &= changes - 1;
        if (((bits >> (at - x)) & 1) != 0) open(starts, ends, parents, areas, runs++, start, at + 1);
        else start = at + 1;
      }
      // Where ink begins below paper.
      if (y > 0) ink = v128.andnot(ink, i8x16.ne(v128.load(row + usize(x) - usize(width)), i64x2.splat(0)));
      const counts = columns + (usize(x) << 1);
      v128.store(counts, i16x8.sub(v128.load(counts), i16x8.extend_low_i8x16_s(ink)));
      v128.store(counts + 16, i16x8.sub(v128.load(counts + 16), i16x8.extend_high_i8x16_s(ink)));
    }
    if (last != 0) start = width + 1;
    open(starts, ends, parents, areas, runs++, start, width + 2);
    const pieces = runs - first - 1;
    rowPieces += pieces;
    mostInRow = max(mostInRow, pieces);
    join(starts, ends, parents, above, first, runs);
    above = first;
  }
  open(starts, ends, parents, areas, runs, 0, width + 2);
  join(starts, ends, parents, above, runs, runs + 1);
  runs++;
  // A component's first run is its root, and comes first: the paper around is that of run 0.
  let holes: i32 = 0;
  let holePx: i32 = 0;
  for (let run = runs - 1; run > 0; run--) {
    const root = get(parents, run);
    const own = get(areas, run);
    // Its own runs, all behind it, have been added.
    if (root != run) set(areas, root, get(areas, root) + own);
    else if (own >= leastHole) {
      holes++;
      holePx += own;
    }
  }
  let columnPieces: i32 = 0;
  let mostInColumn: i32 = 0;
  for (let x: i32 = 0; x < width; x++) {
    const pieces = <i32>load<u16>(columns + (usize(x) << 1));
    columnPieces += pieces;
    mostInColumn = max(mostInColumn, pieces);
  }
  set(out, 0, area);
  set(out, 1, rowPieces);
  set(out, 2, columnPieces);
  set(out, 3, mostInRow);
  set(out, 4, mostInColumn);
  set(out, 5, holes);
  set(out, 6, holePx);
}

// @ts-ignore: decorator
@inline
function open(starts: usize, ends: usize, parents: usize, areas: usize, run: i32, start: i32, end: i32): void {
  set(starts, run, start);
  set(ends, run, end);
  set(parents, run, run);
  set(areas, run, end - start);
}

/** Joins the runs `first` to before `behind` with those of the row above, `above` to before `first`, that they touch, corners too. */
// @ts-ignore: decorator
@inline
function join(starts: usize, ends: usize, parents: usize, above: i32, first: i32, behind: i32): void {
  for (let run = first; run < behind; run++) {
    const start = get(starts, run);
    const end = get(ends, run);
    while (above < first && get(ends, above) < start) above++;
    for (let a = above; a < first && get(starts, a) <= end; a++) {
      const rootA = rootOf(parents, a);
      const rootB = rootOf(parents, run);
      if (rootA < rootB) set(parents, rootB, rootA);
      else set(parents, rootA, rootB);
    }
  }
}

function rootOf(parents: usize, run: i32): i32 {
  let parent = get(parents, run);
  while (parent != run) {
    const next = get(parents, parent);
    set(parents, run, next);
    run = next;
    parent = get(parents, run);
  }
  return run;
}
