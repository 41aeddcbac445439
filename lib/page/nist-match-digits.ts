import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";
import type { PrintedPrompt } from "./nist-clean-prompt.ts";
import { NIST_FIRST_PROMPT } from "./nist-form.ts";

/** Printed digits read by comparing them with the same page's own 0123456789. */
export interface MatchedDigits {
  readonly text: string;
  /** For each digit: is it much nearer to its class than to any other, and near enough? */
  readonly sure: readonly boolean[];
  /** For each digit the second nearest class. */
  readonly second: string;
}

/** Share of the two prints' joint ink that differs. Same digits of one print: 0.05 to 0.3; others 0.35 and more. */
const NEAR = 0.36;
const RATIO = 1.25;
const MAX_PITCH_ERROR = 0.12;

/**
 * A second reading of the digit prompts, independent of OCR: the first three prompts are always 0123456789, so the page brings its
 * own exemplars of all classes in its own print, at its own scale and wear.
 * @returns per prompt its reading, null where it can't be parted into digits; null as a whole where the three exemplar prompts don't agree
 */
export function matchDigits(prompts: readonly PrintedPrompt[]): (MatchedDigits | null)[] | null {
  const sources = prompts.filter(({ length }) => length === 10).map(({ print }) => partDigits(print, 10));
  const exemplars = sources.filter((parts) => parts !== null);
  if (exemplars.length < 2 || !consistent(exemplars)) return null;
  const pitch = usualPitch(prompts);
  return prompts.map(({ print, length }) => {
    // A digit that is missing or another's ink beside it shows in the distance from digit to digit.
    const own = inkSpan(withoutSpecks(print)).length / length;
    if (length !== 10 && Math.abs(own - pitch) > MAX_PITCH_ERROR * pitch) return null;
    const parts = partDigits(print, length);
    if (parts === null) return null;
    const read = parts.map((part) => nearest(part, exemplars));
    return {
      text: read.map(({ label }) => label).join(""),
      second: read.map(({ other }) => other).join(""),
      sure: read.map(({ distance, second }) => distance < NEAR && second > RATIO * distance),
    };
  });
}

function usualPitch(prompts: readonly PrintedPrompt[]): number {
  const pitches = prompts.filter(({ length }) => length !== 10).map(({ print, length }) => inkSpan(withoutSpecks(print)).length / length);
  pitches.sort((a, b) => a - b);
  return pitches[pitches.length >> 1] ?? 0;
}

function inkSpan({ width, data }: BinaryImage): { from: number; length: number } {
  let from = width;
  let to = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    const x = i % width;
    if (x < from) from = x;
    if (x >= to) to = x + 1;
  }
  return { from, length: Math.max(0, to - from) };
}

/** Every digit of each exemplar prompt is nearest to the digit at the same place in another. */
function consistent(exemplars: readonly (readonly BinaryImage[])[]): boolean {
  let right = 0;
  let all = 0;
  exemplars.forEach((digits, k) => {
    const others = exemplars.filter((_, i) => i !== k);
    digits.forEach((digit, c) => {
      all++;
      if (nearest(digit, others).label === NIST_FIRST_PROMPT[c]) right++;
    });
  });
  return right >= 0.9 * all;
}

function nearest(
  digit: BinaryImage,
  exemplars: readonly (readonly BinaryImage[])[],
): { label: string; other: string; distance: number; second: number } {
  const distances = Array.from({ length: 10 }, (_, c) => Math.min(...exemplars.map((digits) => distance(digit, digits[c]))));
  let best = 0;
  for (let c = 1; c < 10; c++) if (distances[c] < distances[best]) best = c;
  const second = Math.min(...distances.filter((_, c) => c !== best));
  const other = distances.findIndex((value, c) => c !== best && value === second);
  return { label: NIST_FIRST_PROMPT[best], other: NIST_FIRST_PROMPT[other], distance: distances[best], second };
}

/** Differing px over joint px, at the best of nine shifts around equal centres of mass. */
function distance(a: BinaryImage, b: BinaryImage): number {
  const [ax, ay] = centreOfMass(a);
  const [bx, by] = centreOfMass(b);
  let best = 1;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const shiftX = Math.round(bx - ax) + dx;
      const shiftY = Math.round(by - ay) + dy;
      let both = 0;
      for (let y = Math.max(0, -shiftY); y < Math.min(a.height, b.height - shiftY); y++) {
        for (let x = Math.max(0, -shiftX); x < Math.min(a.width, b.width - shiftX); x++) {
          both += a.data[y * a.width + x] & b.data[(y + shiftY) * b.width + x + shiftX];
        }
      }
      const joint = inkOf(a) + inkOf(b) - both;
      best = Math.min(best, 1 - both / joint);
    }
  }
  return best;
}

const measured = new WeakMap<BinaryImage, { ink: number; centre: [number, number] }>();

function measure(image: BinaryImage): { ink: number; centre: [number, number] } {
  const known = measured.get(image);
  if (known !== undefined) return known;
  let ink = 0;
  let sumX = 0;
  let sumY = 0;
  image.data.forEach((value, i) => {
    if (value === 0) return;
    ink++;
    sumX += i % image.width;
    sumY += Math.floor(i / image.width);
  });
  const result = { ink, centre: [sumX / Math.max(1, ink), sumY / Math.max(1, ink)] as [number, number] };
  measured.set(image, result);
  return result;
}

function inkOf(image: BinaryImage): number {
  return measure(image).ink;
}

function centreOfMass(image: BinaryImage): [number, number] {
  return measure(image).centre;
}

/** Parts printed digits of one pitch: cuts through the columns of least ink near equal distances (dynamic programming). */
function partDigits(print: BinaryImage, count: number): BinaryImage[] | null {
  const { width, height, data } = withoutSpecks(print);
  const ink = new Int32Array(width);
  for (let i = 0; i < data.length; i++) ink[i % width] += data[i];
  const { from, length } = inkSpan({ width, height, data });
  if (length < 8 * count) return null;
  const pitch = length / count;
  const slack = Math.ceil(0.35 * pitch);
  // best[k][x]: least cost of k digits that end at column from + x.
  let best = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = 0;
  const backs: Int32Array[] = [];
  for (let k = 1; k <= count; k++) {
    const next = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
    const back = new Int32Array(length + 1);
    for (let x = Math.max(1, Math.round(k * pitch) - slack); x <= Math.min(length, Math.round(k * pitch) + slack); x++) {
      if (k === count && x !== length) continue;
      for (let start = Math.max(0, Math.round(x - pitch) - slack); start < x && start <= x - pitch + slack; start++) {
        const uneven = (x - start - pitch) / pitch;
        const cost = best[start] + (k < count ? ink[from + x] : 0) + 12 * uneven * uneven;
        if (cost < next[x]) {
          next[x] = cost;
          back[x] = start;
        }
      }
    }
    best = next;
    backs.push(back);
  }
  if (best[length] === Number.POSITIVE_INFINITY) return null;
  const parts: BinaryImage[] = [];
  let end = length;
  for (let k = count - 1; k >= 0; k--) {
    const start = backs[k][end];
    const part = tight({ width, height, data }, from + start, from + end);
    if (part === null) return null;
    parts.unshift(part);
    end = start;
  }
  return parts;
}

/** Lower than this is no printed digit (they are some 32 px high), nor several that touch. */
const MIN_HEIGHT = 16;

function withoutSpecks(print: BinaryImage): BinaryImage {
  const { labels, components } = findComponents(print);
  const keep = Uint8Array.from([0, ...components.map(({ box }) => (box[3] >= MIN_HEIGHT ? 1 : 0))]);
  return { ...print, data: Uint8Array.from(labels, (label) => keep[label]) };
}

function tight({ width, height, data }: BinaryImage, from: number, to: number): BinaryImage | null {
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    if (!data.subarray(y * width + from, y * width + to).includes(1)) continue;
    if (top < 0) top = y;
    bottom = y;
  }
  if (top < 0) return null;
  const w = to - from;
  const out = new Uint8Array(w * (bottom - top + 1));
  for (let y = top; y <= bottom; y++) out.set(data.subarray(y * width + from, y * width + to), (y - top) * w);
  return { width: w, height: bottom - top + 1, data: out };
}
