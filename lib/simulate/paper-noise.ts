import type { Rng } from "../core/rng.ts";

const SIZE = 256;

/** Smooth noise of mean 0 and standard deviation about 0.2 within -0.5 to 0.5: uniform values on a grid, bilinear between, repeating after 256. */
export function buildNoise(rng: Rng): (u: number, v: number) => number {
  const tile = Float32Array.from({ length: SIZE * SIZE }, () => rng.float() - 0.5);
  return (u, v) => {
    const iu = Math.floor(u);
    const iv = Math.floor(v);
    const fu = u - iu;
    const fv = v - iv;
    const row = (iv & 255) << 8;
    const next = ((iv + 1) & 255) << 8;
    const left = tile[row + (iu & 255)] * (1 - fv) + tile[next + (iu & 255)] * fv;
    const right = tile[row + ((iu + 1) & 255)] * (1 - fv) + tile[next + ((iu + 1) & 255)] * fv;
    return left * (1 - fu) + right * fu;
  };
}
