import type { Scanner } from "./scanners.ts";
import { type Raster, softenPage } from "./soften-page.ts";

/** A clustered-dot screen, a staggered dot in 16 px (two in 8 x 4), as ranks 0 to 15: dots grow from their middles. */
const HALFTONE = [
  [12, 5, 6, 13, 3, 10, 9, 2],
  [4, 0, 1, 7, 11, 15, 14, 8],
  [11, 3, 2, 8, 4, 12, 13, 7],
  [10, 15, 14, 9, 5, 0, 1, 6],
];

/** A grey scan as black (0) and white (255), in the scanner's way. */
export function binarizeScan(scan: Raster, scanner: Pick<Scanner, "binarization" | "threshold" | "dpi">): Uint8Array {
  const { width, height, data } = scan;
  switch (scanner.binarization ?? "threshold") {
    case "threshold":
      return data.map((level) => (level >= scanner.threshold ? 255 : 0));
    case "adaptive": {
      // Black is what is a seventh darker than the mean over about 5 mm.
      const around = softenPage(scan, (2.5 * scanner.dpi) / 25.4).data;
      return data.map((level, i) => (level >= 0.85 * around[i] ? 255 : 0));
    }
    case "halftone":
      return data.map((level, i) => {
        const rank = HALFTONE[Math.floor(i / width) & 3][(i % width) & 7];
        return level >= ((15.5 - rank) / 16) * 240 + 8 ? 255 : 0;
      });
    case "errorDiffusion":
      return diffuseErrors(width, height, data, scanner.threshold);
  }
}

/** Floyd and Steinberg (1976): what a pixel is too light or too dark goes on to its neighbours. */
function diffuseErrors(width: number, height: number, data: Uint8Array, threshold: number): Uint8Array {
  const out = new Uint8Array(data.length);
  let here = new Float32Array(width + 2);
  let below = new Float32Array(width + 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wanted = data[y * width + x] + here[x + 1];
      const got = wanted >= threshold ? 255 : 0;
      out[y * width + x] = got;
      const error = (wanted - got) / 16;
      here[x + 2] += 7 * error;
      below[x] += 3 * error;
      below[x + 1] += 5 * error;
      below[x + 2] += error;
    }
    [here, below] = [below, here.fill(0)];
  }
  return out;
}
