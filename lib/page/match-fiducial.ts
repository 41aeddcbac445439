import { FIDUCIAL_BITS, FIDUCIAL_CELLS, FIDUCIAL_CODES } from "../card/fiducial-codes.ts";
import { applyHomography, solveHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import type { Quad } from "./find-quads.ts";
import { sampleGray } from "./sample-gray.ts";

export interface FiducialMatch {
  readonly id: number;
  /** Corners as printed: top left, top right, bottom right, bottom left of the mark, in px of the image. */
  readonly corners: Quad;
  /** Bits that differ from the code, of 36. */
  readonly wrongBits: number;
}

/** Codes are at least 18 bits apart; noise on a square that is no mark comes this close in about 1 of 10,000 cases. */
const MAX_WRONG_BITS = 5;
const MAX_WHITE_BORDER_CELLS = 3;
const MIN_CONTRAST = 24;

/** The corner mark that the quad shows under one of its four turns, or null. */
export function matchFiducial(image: GrayImage, quad: Quad): FiducialMatch | null {
  const cells = sampleCells(image, quad);
  const border: number[] = [];
  const inner: number[] = [];
  for (let r = 0; r < FIDUCIAL_CELLS; r++) {
    for (let c = 0; c < FIDUCIAL_CELLS; c++) {
      const isBorder = r === 0 || c === 0 || r === FIDUCIAL_CELLS - 1 || c === FIDUCIAL_CELLS - 1;
      (isBorder ? border : inner).push(cells[r * FIDUCIAL_CELLS + c]);
    }
  }
  const dark = mean(border);
  // Half of the inner cells of every mark are white: the lightest third surely are.
  const light = mean([...inner].sort((a, b) => b - a).slice(0, 12));
  if (light - dark < MIN_CONTRAST) return null;
  const middle = (light + dark) / 2;
  if (border.filter((value) => value > middle).length > MAX_WHITE_BORDER_CELLS) return null;
  let bits = inner.map((value): number => (value > middle ? 1 : 0));
  let best: FiducialMatch | null = null;
  for (let turn = 0; turn < 4; turn++) {
    for (let id = 0; id < FIDUCIAL_CODES.length; id++) {
      const code = FIDUCIAL_CODES[id];
      let wrongBits = 0;
      for (let i = 0; i < code.length; i++) if (code[i] !== bits[i]) wrongBits++;
      if (wrongBits <= MAX_WRONG_BITS && (best === null || wrongBits < best.wrongBits)) {
        // After `turn` quarter turns anticlockwise of the bits, the mark's top left is the quad's corner `turn`.
        best = { id, wrongBits, corners: [quad[turn], quad[(turn + 1) % 4], quad[(turn + 2) % 4], quad[(turn + 3) % 4]] };
      }
    }
    bits = turnedAnticlockwise(bits);
  }
  return best;
}

/** Mean grey of the middle of each cell, row-major, 8 x 8. */
function sampleCells(image: GrayImage, quad: Quad): Float64Array {
  const n = FIDUCIAL_CELLS;
  const map = solveHomography(
    [
      { x: 0, y: 0 },
      { x: n, y: 0 },
      { x: n, y: n },
      { x: 0, y: n },
    ],
    quad,
  );
  const cells = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const p = applyHomography(map, { x: c + 0.5 + 0.2 * dx, y: r + 0.5 + 0.2 * dy });
          sum += sampleGray(image, p.x, p.y);
        }
      }
      cells[r * n + c] = sum / 9;
    }
  }
  return cells;
}

function turnedAnticlockwise(bits: readonly number[]): number[] {
  const n = FIDUCIAL_BITS;
  return bits.map((_, i) => bits[(i % n) * n + (n - 1 - Math.floor(i / n))]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
