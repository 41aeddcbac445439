import type { Rng } from "../../lib/core/rng.ts";
import type { BinaryImage } from "../../lib/image/images.ts";

/** Ink by px, 0 none to 1 all. */
export interface SoftInk {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * What pens, scanners and cameras do to ink, by chance: leans and turns it, blurs it, makes its edges ragged, leaves patches out, lowers its resolution, lets it fade to one side; then the
 * threshold, early or late.
 */
export function wearInk(ink: SoftInk, rng: Rng): BinaryImage {
  let { data } = lean(ink, rng);
  const { width, height } = ink;
  if (rng.float() < 0.15) data = average(data, width, 2 + rng.int(2));
  const blur = rng.int(5) - 2;
  if (blur > 0) data = blurRows(transpose(blurRows(transpose(data, width), height, blur), height), width, blur);
  const patches = rng.float() < 0.2 ? noise(width, height, 4 + rng.int(4), rng) : null;
  const skipBelow = patches === null ? 0 : patches.slice().sort()[Math.floor(rng.between(0.01, 0.07) * patches.length)]!;
  const ragged = rng.float() < 0.3 ? rng.between(0.1, 0.35) : 0;
  const fade = rng.float() < 0.1 ? rng.between(0.3, 0.8) : 0;
  const way = rng.between(0, 2 * Math.PI);
  const level = rng.between(0.3, 0.65);
  return {
    width,
    height,
    data: Uint8Array.from(data, (value, i) => {
      const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
      const left = fade * Math.max(0, x * Math.cos(way) + y * Math.sin(way)) * 2;
      const kept = patches !== null && patches[i]! < skipBelow ? 0.15 : 1;
      return value * kept * (1 - left) + (ragged > 0 && value > 0 ? ragged * rng.normal() * 0.6 : 0) > level ? 1 : 0;
    }),
  };
}

/** Turned by up to some degrees and sheared, bilinear. */
function lean({ width, height, data }: SoftInk, rng: Rng): SoftInk {
  const angle = 0.07 * rng.normal();
  const shear = 0.1 * rng.normal();
  const [cx, cy] = [width / 2, height / 2];
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - cx, y - cy];
      const u = cx + Math.cos(angle) * dx - Math.sin(angle) * dy + shear * dy;
      const v = cy + Math.sin(angle) * dx + Math.cos(angle) * dy;
      const [iu, iv] = [Math.floor(u), Math.floor(v)];
      if (iu < 0 || iv < 0 || iu + 1 >= width || iv + 1 >= height) continue;
      const [fu, fv] = [u - iu, v - iv];
      const k = iv * width + iu;
      out[y * width + x] =
        (1 - fv) * ((1 - fu) * data[k]! + fu * data[k + 1]!) + fv * ((1 - fu) * data[k + width]! + fu * data[k + width + 1]!);
    }
  }
  return { width, height, data: out };
}

/** Every px as the mean of its square: a coarser scan. */
function average(data: Float32Array, width: number, side: number): Float32Array {
  const height = data.length / width;
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      let sum = 0;
      let n = 0;
      for (let v = y; v < Math.min(height, y + side); v++)
        for (let u = x; u < Math.min(width, x + side); u++, n++) sum += data[v * width + u]!;
      for (let v = y; v < Math.min(height, y + side); v++) for (let u = x; u < Math.min(width, x + side); u++) out[v * width + u] = sum / n;
    }
  }
  return out;
}

/** Each px as the mean of those up to `reach` beside it in its row. */
function blurRows(data: Float32Array, width: number, reach: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += width) {
    let sum = 0;
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) sum += data[start + x + reach]!;
      if (x - reach - 1 >= 0) sum -= data[start + x - reach - 1]!;
      if (x >= 0) out[start + x] = sum / (2 * reach + 1);
    }
  }
  return out;
}

function transpose(data: Float32Array, width: number): Float32Array {
  const height = data.length / width;
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x]!;
  return out;
}

/** Chance in patches of `cell` px: uniform in each corner, bilinear between. */
function noise(width: number, height: number, cell: number, rng: Rng): Float32Array {
  const columns = Math.ceil(width / cell) + 2;
  const corners = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => rng.float());
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / cell, y / cell];
      const [iu, iv] = [Math.floor(u), Math.floor(v)];
      const [fu, fv] = [u - iu, v - iv];
      const k = iv * columns + iu;
      out[y * width + x] =
        (1 - fv) * ((1 - fu) * corners[k]! + fu * corners[k + 1]!) +
        fv * ((1 - fu) * corners[k + columns]! + fu * corners[k + columns + 1]!);
    }
  }
  return out;
}
