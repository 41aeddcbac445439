import type { Rng } from "../core/rng.ts";
import { type InkMask, inkStrokes } from "./ink-mask.ts";
import { fitSample, inkSample } from "./ink-sample.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import { writeCharacter } from "./write-character.ts";

export interface LineWriting {
  readonly rng: Rng;
  readonly scale: readonly [number, number];
  readonly capHeightMm: number;
  /** Least gap between two characters, where they don't touch. */
  readonly gapMm: number;
  /** Probability that a character touches the one before. */
  readonly touching: number;
  /** Width of a space between words over the height of a capital. */
  readonly wordGap: number;
  /** Rise of the base line over its run, upwards where positive. */
  readonly slope: number;
  /** A real character's 28 x 28 image to write instead of the pen's strokes; null: the pen's. */
  readonly sampleOf?: (char: string) => Uint8Array | null;
}

/** A line of writing before it is placed: masks by character (null for a space), the base line's start at (0, 0) px. */
export interface WrittenLine {
  readonly masks: readonly (InkMask | null)[];
  /** From 0 to the last character's right end. */
  readonly widthPx: number;
}

/**
 * Writes `text` as one running line. A character is moved up to the ink before it, row by row, until the writer's gap is left (or
 * until the two touch), as a hand spaces by eye: boxes of slanted neighbours may overlap while their ink does not.
 */
export function writeLine(text: string, writer: SimulatedWriter, options: LineWriting): WrittenLine {
  const { rng, scale, capHeightMm, slope } = options;
  const masks: (InkMask | null)[] = [];
  // Right end of all ink so far, by row (the base line is row ROWS / 2).
  const rows = 4 * Math.ceil(capHeightMm * scale[1]) + 8;
  const right = new Float64Array(rows).fill(-Infinity);
  let cursor = 0;
  let wordGap = 0;
  for (const char of text) {
    if (char === " ") {
      masks.push(null);
      wordGap += options.wordGap * capHeightMm * (1 + 0.2 * rng.normal()) * scale[0];
      continue;
    }
    const rise = 0.03 * writer.sloppiness * capHeightMm * rng.normal() - (slope * cursor) / scale[0];
    const sample = options.sampleOf?.(char);
    const drawn = sample
      ? inkSample(fitSample(sample, capHeightMm, null), scale, [0, rise])
      : inkStrokes(writeCharacter(char, writer, { capHeightMm, rng }), scale, [0, rise]);
    const touches = masks.length > 0 && wordGap === 0 && rng.float() < options.touching;
    const natural = Math.max(options.gapMm, writer.spacing * capHeightMm * (1 + 0.35 * rng.normal())) * scale[0];
    const gap = touches ? -rng.between(0.3, 1) * writer.penWidthMm * scale[0] : natural + wordGap;
    const shift = Math.round(findShift(drawn, right, gap, touches ? 0 : Math.ceil(options.gapMm * scale[1])));
    const mask = { ...drawn, x: drawn.x + shift };
    recordRight(mask, right);
    masks.push(mask);
    cursor = mask.x + mask.width;
    wordGap = 0;
  }
  return { masks, widthPx: cursor };
}

/** Least shift in x after which every row of `mask` keeps `gap` px from the ink within `reach` rows. */
function findShift(mask: InkMask, right: Float64Array, gap: number, reach: number): number {
  let shift = -Infinity;
  let blockEnd = 0;
  for (const end of right) blockEnd = Math.max(blockEnd, end);
  for (let y = 0; y < mask.height; y++) {
    const first = firstInk(mask, y);
    if (first < 0) continue;
    const row = mask.y + y + (right.length >> 1);
    for (let r = Math.max(0, row - reach); r <= Math.min(right.length - 1, row + reach); r++) {
      shift = Math.max(shift, right[r] + gap - (mask.x + first));
    }
  }
  // Where no rows meet (an apostrophe after a comma), and for the first of the line: don't go back behind the ink by more than half a character.
  return Math.max(shift, blockEnd - mask.x - (blockEnd > 0 ? mask.width / 2 : 0));
}

function recordRight(mask: InkMask, right: Float64Array): void {
  for (let y = 0; y < mask.height; y++) {
    const row = mask.y + y + (right.length >> 1);
    if (row < 0 || row >= right.length) continue;
    for (let x = mask.width - 1; x >= 0; x--) {
      if (mask.coverage[y * mask.width + x] === 0) continue;
      right[row] = Math.max(right[row], mask.x + x + 1);
      break;
    }
  }
}

function firstInk(mask: InkMask, y: number): number {
  for (let x = 0; x < mask.width; x++) if (mask.coverage[y * mask.width + x] > 0) return x;
  return -1;
}
