const EPSILON: f64 = 1e-11;
/** Cells a side that ink is resampled to; px a side of the image it is pasted into. */
const CELLS: i32 = 20;
const IMAGE: i32 = 28;

/**
 * A glyph of `width` x `height` px (ink: not 0) at `data` as 28 x 28 bytes at `image`: what ../../../glyph/normalize-glyph.ts says, addition by addition.
 * @param table scratch: 2 x 16 bytes for each px of the glyph's longer side, doubled, at least 40
 * @param cells scratch: 400 f64, and 400 bytes behind them
 * @returns false where there is no ink
 */
export function normalizeInk(data: usize, width: i32, height: i32, table: usize, cells: usize, image: usize): bool {
  let top: i32 = -1;
  let bottom: i32 = -1;
  let left = width;
  let right: i32 = -1;
  for (let y: i32 = 0; y < height; y++) {
    const row = data + usize(y * width);
    for (let x: i32 = 0; x < width; x += 16) {
      let bits: u32 = <u32>i8x16.bitmask(i8x16.ne(v128.load(row + usize(x)), i64x2.splat(0)));
      if (width - x < 16) bits &= (1 << (width - x)) - 1;
      if (bits == 0) continue;
      if (top < 0) top = y;
      bottom = y;
      left = min(left, x + i32(ctz(bits)));
      right = max(right, x + 31 - i32(clz(bits)));
    }
  }
  if (bottom < 0) return false;
  const h = bottom - top + 1;
  const w = right - left + 1;
  const side = max(max(h, w), 10);
  const factor: i32 = side < CELLS ? 2 : 1;
  const m = side * factor;
  const s = 20 / f64(m);
  // Of each px of a side: what it covers of its first cell and of the next, then that cell, and whether it reaches into the next.
  for (let i: i32 = 0; i < m; i++) {
    const x = 10 + s * (f64(i) - f64(m) / 2);
    const xi = Math.floor(x + EPSILON);
    const xw = Math.ceil(x + 0.99 * s - EPSILON) - 1;
    const entry = table + (usize(i) << 5);
    store<f64>(entry, max(0, min(1, xi + 1 - x)));
    store<f64>(entry, max(0, min(1, x + 0.99 * s - xw)), 8);
    store<i32>(entry, i32(xi), 16);
    store<i32>(entry, i32(xi != xw), 20);
  }
  memory.fill(cells, 0, 3200);
  const rowShift = (side - h) >> 1;
  const columnShift = (side - w) >> 1;
  for (let i = rowShift * factor; i < (rowShift + h) * factor; i++) {
    const source = data + usize((top + i / factor - rowShift) * width + left);
    for (let x: i32 = 0; x < w; x += 16) {
      let bits: u32 = <u32>i8x16.bitmask(i8x16.ne(v128.load(source + usize(x)), i64x2.splat(0)));
      if (w - x < 16) bits &= (1 << (w - x)) - 1;
      while (bits != 0) {
        const j = (columnShift + x + i32(ctz(bits))) * factor;
        bits &= bits - 1;
        spread(table, cells, i, j, s);
        if (factor == 2) spread(table, cells, i, j + 1, s);
      }
    }
  }
  paste(cells, cells + 3200, image);
  return true;
}

/** Adds what the px (i, j) of the square covers of its cells. */
// @ts-ignore: decorator
@inline
function spread(table: usize, cells: usize, i: i32, j: i32, s: f64): void {
  const down = table + (usize(i) << 5);
  const across = table + (usize(j) << 5);
  const cell = cells + (usize(load<i32>(down, 16) * CELLS + load<i32>(across, 16)) << 3);
  const dx = load<f64>(down);
  const dxw = load<f64>(down, 8);
  if (load<i32>(across, 20) != 0) {
    const dy = load<f64>(across);
    const dyw = load<f64>(across, 8);
    if (load<i32>(down, 20) != 0) {
      add(cell, dx * dy);
      add(cell + 160, dxw * dy);
      add(cell + 8, dx * dyw);
      add(cell + 168, dxw * dyw);
    } else {
      add(cell, dy * s);
      add(cell + 8, dyw * s);
    }
  } else if (load<i32>(down, 20) != 0) {
    add(cell, dx * s);
    add(cell + 160, dxw * s);
  } else add(cell, s * s);
}

// @ts-ignore: decorator
@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** Cells as bytes, the darkest 255 at most, pasted so that their centre of mass comes between 14 and 15 px from the top and the left. */
function paste(cells: usize, bytes: usize, image: usize): void {
  let ink: f64 = 0;
  for (let k: usize = 0; k < 400; k++) ink = max(ink, load<f64>(cells + (k << 3)));
  if (ink > 1) ink = 1;
  let sum: i32 = 0;
  let sumI: f64 = 0;
  let sumJ: f64 = 0;
  for (let i: i32 = 0, k: usize = 0; i < CELLS; i++) {
    for (let j: i32 = 0; j < CELLS; j++, k++) {
      const value = i32(min(255, Math.floor((load<f64>(cells + (k << 3)) * 255) / ink + 0.5)));
      store<u8>(bytes + k, value);
      sum += value;
      sumI += f64(value) * (f64(i) + 0.5);
      sumJ += f64(value) * (f64(j) + 0.5);
    }
  }
  const down = max(-10, min(18, i32(15 - sumI / f64(sum))));
  const across = max(-10, min(18, i32(15 - sumJ / f64(sum))));
  memory.fill(image, 0, IMAGE * IMAGE);
  const from = max(0, -across);
  const to = min(CELLS, IMAGE - across);
  for (let i = max(0, -down); i < min(CELLS, IMAGE - down); i++) {
    for (let j = from; j < to; j++) store<u8>(image + usize((down + i) * IMAGE + across + j), load<u8>(bytes + usize(i * CELLS + j)));
  }
}
