import type { Point } from "../core/geometry.ts";
import { type LocatedField, type LocatedLine, lineCentre } from "./locate-lines.ts";
import { openPrintStrip, type PrintStrip, sumAcross } from "./print-strip.ts";
import type { RectifiedPage } from "./rectify-page.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** One place on a printed line, as it shows in the rectified page. */
export interface PrintSample {
  /** Card mm. */
  readonly at: Point;
  readonly direction: "h" | "v";
  /** Grey of the paper beside the line, the lighter side (the other may hold writing). */
  readonly paper: number;
  /** How much darker the line's middle is than that, as a share of it: near 1 for black print in good light, 0 where no line shows. */
  readonly contrast: number;
  /** The same against the darker side: at a mere edge (of a shadow, of something that lies there) there is none. */
  readonly dip: number;
  /** Width of the line as printed, mm. */
  readonly printedMm: number;
  /** Width of the line's dark profile at half its depth, in mm: its printed width, more where the picture is blurred. Null without a line. */
  readonly widthMm: number | null;
  /** Standard deviation of the paper's grey along the line, as a share of the paper's level. */
  readonly noise: number;
}

const STEP_MM = 4;
/** Each sample averages this much along the line, and keeps that far from the corners of boxes. */
const ALONG_MM = 1;
const CORNER_MM = 1;
/** Paper is looked for this far from the line's middle: beyond its own blur, before the next box. */
const BESIDE_MM = [0.6, 1.0] as const;
/** A line shows where it is at least this much darker than its paper, and this many times its noise. */
const MIN_CONTRAST = 0.06;
const MIN_TIMES_NOISE = 2;

/** Samples along one field's located lines. */
export function measurePrint(page: RectifiedPage, { lines }: LocatedField): PrintSample[] {
  const samples: PrintSample[] = [];
  const strip = openStrip(page, lines);
  for (const line of lines) {
    const span = line.to - line.from - 2 * CORNER_MM * PX_PER_MM_300;
    if (span < ALONG_MM * PX_PER_MM_300) continue;
    const count = Math.max(1, Math.round(span / (STEP_MM * PX_PER_MM_300)));
    for (let i = 0; i < count; i++) {
      const along = line.from + CORNER_MM * PX_PER_MM_300 + ((i + 0.5) * span) / count;
      const sample = measureAt(page, strip, line, along);
      if (sample) samples.push(sample);
    }
  }
  return samples;
}

/** Wherever the lines are sampled. */
function openStrip(page: RectifiedPage, lines: readonly LocatedLine[]): PrintStrip {
  const reach = Math.round(BESIDE_MM[1] * PX_PER_MM_300) + 2;
  let [top, bottom] = [Number.POSITIVE_INFINITY, 0];
  for (const { line, from, to, pieces } of lines) {
    const places = line.direction === "h" ? pieces.map(({ centre }) => centre) : [from, to];
    top = Math.min(top, ...places.map((at) => at - reach));
    bottom = Math.max(bottom, ...places.map((at) => at + reach));
  }
  return openPrintStrip(page.print, top, bottom);
}

/** Whether the printed line can be seen there. */
export function showsLine({ contrast, dip, noise }: PrintSample): boolean {
  return contrast >= MIN_CONTRAST && dip >= MIN_CONTRAST / 2 && contrast >= MIN_TIMES_NOISE * noise;
}

function measureAt(page: RectifiedPage, strip: PrintStrip, located: LocatedLine, along: number): PrintSample | null {
  const { direction } = located.line;
  const reach = Math.round(BESIDE_MM[1] * PX_PER_MM_300);
  const inner = Math.round(BESIDE_MM[0] * PX_PER_MM_300);
  const centre = lineCentre(located, along);
  const middle = Math.floor(centre);
  const [length, depth] = direction === "h" ? [page.print.width, page.print.height] : [page.print.height, page.print.width];
  const half = Math.round((ALONG_MM * PX_PER_MM_300) / 2);
  const from = Math.round(along) - half;
  if (from < 0 || from + 2 * half >= length || middle - reach < 0 || middle + reach >= depth) return null;
  const { sums, squares } = sumAcross(strip, direction, { from, to: from + 2 * half, first: middle - reach, count: 2 * reach + 1 }, true);
  const means = new Float64Array(sums.length);
  for (let k = 0; k < means.length; k++) means[k] = sums[k] / (2 * half);
  const sides = [mean(means, 0, reach - inner), mean(means, reach + inner + 1, 2 * reach + 1)];
  const lighter = sides[1] > sides[0] ? 1 : 0;
  const paper = Math.max(1, sides[lighter]);
  const [first, behind] = lighter === 0 ? [0, reach - inner] : [reach + inner + 1, 2 * reach + 1];
  // Standard deviation along the line, for each px across it.
  let deviations = 0;
  for (let k = first; k < behind; k++) deviations += Math.sqrt(Math.max(0, squares[k] / (2 * half) - means[k] ** 2));
  const noise = deviations / Math.max(1, behind - first) / paper;
  const near = Math.max(1, Math.round(0.15 * PX_PER_MM_300));
  let darkest = reach;
  for (let k = reach - near; k <= reach + near; k++) if (means[k] < means[darkest]) darkest = k;
  const contrast = Math.max(0, 1 - means[darkest] / paper);
  const across = (middle + darkest - reach + 0.5) / PX_PER_MM_300;
  const alongMm = along / PX_PER_MM_300;
  return {
    at:
      direction === "h"
        ? { x: page.originMm.x + alongMm, y: page.originMm.y + across }
        : { x: page.originMm.x + across, y: page.originMm.y + alongMm },
    direction,
    printedMm: located.line.lineMm,
    paper,
    contrast,
    dip: Math.max(0, 1 - means[darkest] / Math.max(1, sides[1 - lighter])),
    widthMm: contrast >= MIN_CONTRAST ? halfWidth(means, darkest, (paper + means[darkest]) / 2) / PX_PER_MM_300 : null,
    noise,
  };
}

/** Width in samples of the dip around `at` below `level`, by straight lines between samples. */
function halfWidth(profile: Float64Array, at: number, level: number): number {
  let left = at;
  while (left > 0 && profile[left - 1] < level) left--;
  let right = at;
  while (right < profile.length - 1 && profile[right + 1] < level) right++;
  const before = left > 0 ? (level - profile[left]) / (profile[left - 1] - profile[left]) : 0.5;
  const after = right < profile.length - 1 ? (level - profile[right]) / (profile[right + 1] - profile[right]) : 0.5;
  return right - left + before + after;
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / Math.max(1, to - from);
}

/** Share of samples at which a line can be seen; null without samples. */
export function shareSeen(samples: readonly PrintSample[]): number | null {
  return samples.length === 0 ? null : samples.filter(showsLine).length / samples.length;
}
