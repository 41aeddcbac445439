import type { Point } from "../core/geometry.ts";
import { estimatePaper } from "../image/estimate-paper.ts";
import { applyHomography, type Homography, homographyJacobian, multiplyHomography } from "../image/homography.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { shrinkGray } from "../image/shrink.ts";
import { solveLinear } from "../image/solve-linear.ts";
import { thresholdLocal } from "../image/threshold-local.ts";
import { warpGray } from "../image/warp.ts";
import { estimateSkew } from "./nist-estimate-skew.ts";
import { NIST_FIELDS, NIST_PAGE } from "./nist-form.ts";
import { findHorizontalLines, type LineMap, type LineSegment } from "./nist-line-maps.ts";

/** Where the NIST form lies in an image. */
export interface NistRegistration {
  /** Form px (300 dpi, upright, `NIST_FIELDS`) -> image px. */
  readonly formToImage: Homography;
  /** Fraction of the form's printed lines that were found where they should be. */
  readonly coverage: number;
  /** Root mean square distance of the found lines from the fitted form, in image px. */
  readonly residualPx: number;
}

/** Below this the lines are those of something else; text pages and photographs come to 0.1 to 0.35. */
const MIN_COVERAGE = 0.55;
/** Long side of the working image: about 100 dpi for a scanned page. */
const WORKING_SIDE = 1100;
const SAMPLE_STEP = 30;

/**
 * Looks for an original NIST Handwriting Sample Form by its printed boxes alone: at any turn (its skew is estimated first, then all
 * four quarter turns are tried), shift, scale from about 100 to 600 dpi. Long line segments propose where the form may lie, all the
 * form's lines vote, the best proposals are fitted (affine, then projective) to the lines they find.
 * @returns null where no such form is in the image
 */
export function findNistForm(image: GrayImage): NistRegistration | null {
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / WORKING_SIDE));
  const small = shrinkGray(image, factor);
  if (small.width < 300 || small.height < 300) return null;
  const skew = estimateSkew(small);
  const turned = Math.abs(skew) > 0.7 ? deskew(small, skew) : { image: small, toSmall: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) };
  const binary = thresholdLocal(turned.image, { paper: estimatePaper(turned.image, { steps: false }) });
  const lines: Lines = { horizontal: findHorizontalLines(binary), vertical: findHorizontalLines(transpose(binary)) };
  const fit = fitForm(lines);
  if (fit === null || fit.coverage < MIN_COVERAGE) return null;
  const grow = Float64Array.of(factor, 0, 0, 0, factor, 0, 0, 0, 1);
  const formToImage = multiplyHomography(grow, multiplyHomography(turned.toSmall, fit.map));
  return { formToImage, coverage: fit.coverage, residualPx: fit.residual * factor };
}

function deskew(image: GrayImage, degrees: number): { image: GrayImage; toSmall: Homography } {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const width = Math.ceil(image.width * Math.abs(cos) + image.height * Math.abs(sin));
  const height = Math.ceil(image.width * Math.abs(sin) + image.height * Math.abs(cos));
  const toSmall = Float64Array.of(
    cos,
    -sin,
    image.width / 2 - (cos * width) / 2 + (sin * height) / 2,
    sin,
    cos,
    image.height / 2 - (sin * width) / 2 - (cos * height) / 2,
    0,
    0,
    1,
  );
  return { image: warpGray(image, toSmall, width, height), toSmall };
}

interface Lines {
  readonly horizontal: LineMap;
  /** Of the transposed image. */
  readonly vertical: LineMap;
}

interface Sample {
  readonly p: Point;
  /** Of the line in the form. */
  readonly horizontal: boolean;
}

interface Fit {
  readonly map: Homography;
  readonly coverage: number;
  readonly residual: number;
}

/** Points along all printed lines; the first `BASE` of each line's are spread over the form so that a part of them scores alike. */
const SAMPLES: readonly Sample[] = NIST_FIELDS.flatMap(({ box: [x, y, w, h] }) => {
  const samples: Sample[] = [];
  const across = Math.max(3, Math.round(w / SAMPLE_STEP));
  const down = Math.max(3, Math.round(h / SAMPLE_STEP));
  for (let i = 0; i < across; i++) {
    const at = x + ((i + 0.5) * w) / across;
    samples.push({ p: { x: at, y }, horizontal: true }, { p: { x: at, y: y + h }, horizontal: true });
  }
  for (let i = 0; i < down; i++) {
    const at = y + ((i + 0.5) * h) / down;
    samples.push({ p: { x, y: at }, horizontal: false }, { p: { x: x + w, y: at }, horizontal: false });
  }
  return samples;
});

/** The form's horizontal lines that are long enough to propose a place from: 600 px and more. */
const LONG_LINES = NIST_FIELDS.filter(({ box }) => box[2] >= 590).flatMap(({ box: [x, y, w, h] }) => [
  { x0: x, x1: x + w, y },
  { x0: x, x1: x + w, y: y + h },
]);

/** Height over width of a form px: scanners and cameras held askew stretch a page. The plain one first. */
const STRETCHES = [1, 0.93, 1.07, 0.87, 1.15] as const;

function fitForm(lines: Lines): Fit | null {
  let best: Fit | null = null;
  for (const stretch of STRETCHES) {
    const fit = fitStretched(lines, stretch);
    if (fit !== null && (best === null || fit.coverage > best.coverage)) best = fit;
    if (best !== null && best.coverage >= MIN_COVERAGE) break;
  }
  return best;
}

function fitStretched(lines: Lines, stretch: number): Fit | null {
  const proposals: { map: Homography; score: number }[] = [];
  const wide = { horizontal: widen(lines.horizontal.mask, 4), vertical: widen(lines.vertical.mask, 4) };
  const few = SAMPLES.filter((_, i) => i % (stretch === 1 ? 5 : 9) === 0);
  const consider = (segment: LineSegment, vertical: boolean): void => {
    const length = Math.hypot(segment.x1 - segment.x0, segment.y1 - segment.y0);
    for (const line of LONG_LINES) {
      const scale = length / (line.x1 - line.x0);
      if (scale < 0.12 || scale > 0.8) continue;
      for (const flipped of [false, true]) {
        const map = similarity(line, segment, { vertical, flipped, stretch });
        if (!insideImage(map, lines.horizontal.mask)) continue;
        proposals.push({ map, score: coverageOf(map, few, wide) });
      }
    }
  };
  for (const segment of proposers(lines.horizontal.segments)) consider(segment, false);
  for (const segment of proposers(lines.vertical.segments)) consider(segment, true);
  proposals.sort((a, b) => b.score - a.score);
  let best: Fit | null = null;
  for (const { map } of proposals.slice(0, 12)) {
    const fit = refine(map, lines);
    if (fit !== null && (best === null || fit.coverage > best.coverage)) best = fit;
    if (best !== null && best.coverage > 0.9) break;
  }
  return best;
}

const MAX_SEGMENTS = 70;

/** The longest segments, and those that come of joining pieces of one broken line. */
function proposers(segments: readonly LineSegment[]): LineSegment[] {
  const joined: LineSegment[] = [];
  const byLeft = [...segments].sort((a, b) => a.x0 - b.x0);
  for (const maxGap of [10, 60]) {
    const used = new Set<LineSegment>();
    for (const start of byLeft) {
      if (used.has(start)) continue;
      let whole = start;
      let grew = false;
      for (const next of byLeft) {
        const gap = next.x0 - whole.x1;
        if (next === start || used.has(next) || gap < -2 || gap > maxGap) continue;
        const slope = (whole.y1 - whole.y0) / (whole.x1 - whole.x0);
        if (Math.abs(next.y0 - whole.y1 - slope * gap) > 2.5) continue;
        whole = { x0: whole.x0, y0: whole.y0, x1: next.x1, y1: next.y1 };
        used.add(next);
        grew = true;
      }
      if (grew) joined.push(whole);
    }
  }
  return [...segments, ...joined].sort((a, b) => b.x1 - b.x0 - (a.x1 - a.x0)).slice(0, MAX_SEGMENTS);
}

/** Takes a form line to a segment (`stretch`: how much higher than wide a form px is); `vertical` segments come in transposed coordinates; `flipped` lays the line on in the other direction. */
function similarity(
  line: { x0: number; x1: number; y: number },
  segment: LineSegment,
  kind: { vertical: boolean; flipped: boolean; stretch: number },
): Homography {
  let from = kind.vertical ? { x: segment.y0, y: segment.x0 } : { x: segment.x0, y: segment.y0 };
  let to = kind.vertical ? { x: segment.y1, y: segment.x1 } : { x: segment.x1, y: segment.y1 };
  if (kind.flipped) [from, to] = [to, from];
  const length = line.x1 - line.x0;
  const a = (to.x - from.x) / length;
  const b = (to.y - from.y) / length;
  const c = a * kind.stretch;
  const d = b * kind.stretch;
  return Float64Array.of(a, -d, from.x - a * line.x0 + d * line.y, b, c, from.y - b * line.x0 - c * line.y, 0, 0, 1);
}

/** The whole form, but for a small part at an edge, lies in the image. */
function insideImage(map: Homography, { width, height }: BinaryImage): boolean {
  const slack = 0.03 * Math.max(width, height);
  return [
    { x: 212, y: 500 },
    { x: 2300, y: 500 },
    { x: 212, y: 3096 },
    { x: 2300, y: 3096 },
  ].every((corner) => {
    const p = applyHomography(map, corner);
    return p.x > -slack && p.y > -slack && p.x < width + slack && p.y < height + slack;
  });
}

/** Widens a line mask by `by` px across the lines' direction. */
function widen(mask: BinaryImage, by: number): BinaryImage {
  const { width, height, data } = mask;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      for (let k = Math.max(0, y - by); k <= Math.min(height - 1, y + by); k++) out[k * width + x] = 1;
    }
  }
  return { width, height, data: out };
}

function coverageOf(map: Homography, samples: readonly Sample[], wide: { horizontal: BinaryImage; vertical: BinaryImage }): number {
  const swapped = Math.abs(map[3]) > Math.abs(map[0]);
  let hits = 0;
  for (const { p, horizontal } of samples) {
    const { x, y } = applyHomography(map, p);
    if (horizontal !== swapped) hits += at(wide.horizontal, x, y);
    else hits += at(wide.vertical, y, x);
  }
  return hits / samples.length;
}

function at({ width, height, data }: BinaryImage, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < width && y < height ? data[Math.floor(y) * width + Math.floor(x)] : 0;
}

/** Fits the map to the lines near it: first loosely and affine, then closely and projective. */
function refine(start: Homography, lines: Lines): Fit | null {
  let map = start;
  for (const [reach, projective] of [
    [8, false],
    [6, false],
    [4, false],
    [4, true],
    [3, true],
    [3, true],
  ] as const) {
    const found = matchLines(map, lines, reach);
    if (found.length < SAMPLES.length * 0.3) return null;
    const next = solveMap(found, map, projective);
    if (next === null) return null;
    map = next;
  }
  const found = matchLines(map, lines, 3);
  let sum = 0;
  for (const { distance } of found) sum += distance * distance;
  return { map, coverage: found.length / SAMPLES.length, residual: Math.sqrt(sum / Math.max(1, found.length)) };
}

interface Match {
  readonly p: Point;
  /** Where the line was found, in the working image; only the coordinate across the line counts. */
  readonly value: number;
  /** True where `value` is y. */
  readonly isY: boolean;
  readonly distance: number;
}

function matchLines(map: Homography, lines: Lines, reach: number): Match[] {
  const swapped = Math.abs(map[3]) > Math.abs(map[0]);
  const matches: Match[] = [];
  for (const { p, horizontal } of SAMPLES) {
    const q = applyHomography(map, p);
    const isY = horizontal !== swapped;
    const value = isY ? nearestRun(lines.horizontal.mask, q.x, q.y, reach) : nearestRun(lines.vertical.mask, q.y, q.x, reach);
    if (value !== null) matches.push({ p, value, isY, distance: Math.abs(value - (isY ? q.y : q.x)) });
  }
  return matches;
}

/** Centre of the run of mask px in column x that is nearest to y, within `reach`. */
function nearestRun({ width, height, data }: BinaryImage, x: number, y: number, reach: number): number | null {
  const column = Math.floor(x);
  if (column < 0 || column >= width) return null;
  let best: number | null = null;
  const end = Math.min(height - 1, Math.floor(y + reach));
  for (let k = Math.max(0, Math.floor(y - reach)); k <= end; k++) {
    if (data[k * width + column] === 0) continue;
    let low = k;
    while (low > 0 && data[(low - 1) * width + column] === 1) low--;
    while (k + 1 < height && data[(k + 1) * width + column] === 1) k++;
    const centre = (low + k + 1) / 2;
    if (Math.abs(centre - y) <= reach && (best === null || Math.abs(centre - y) < Math.abs(best - y))) best = centre;
  }
  return best;
}

/** Least squares on the coordinates across the lines, with Cauchy weights; linear for both kinds of map (form coordinates scaled to about 1). */
function solveMap(matches: readonly Match[], current: Homography, projective: boolean): Homography | null {
  const n = projective ? 8 : 6;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  const unit = 1 / NIST_PAGE.width;
  for (const { p, value, isY, distance } of matches) {
    const x = p.x * unit;
    const y = p.y * unit;
    // (row . h) = value * (g x + h y + 1), divided by the current denominator so that the error is in px.
    const row = isY ? [0, 0, 0, x, y, 1] : [x, y, 1, 0, 0, 0];
    if (projective) row.push(-value * x, -value * y);
    const weight = 1 / (1 + distance * distance);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) normal[i * n + j] += weight * row[i] * row[j];
      right[i] += weight * row[i] * value;
    }
  }
  const h = solveLinear(normal, right);
  if (h === null) return null;
  const map = Float64Array.of(
    h[0] * unit,
    h[1] * unit,
    h[2],
    h[3] * unit,
    h[4] * unit,
    h[5],
    projective ? h[6] * unit : 0,
    projective ? h[7] * unit : 0,
    1,
  );
  // A fit that folds or shrinks the form is no fit.
  const [a, b, c, d] = homographyJacobian(map, { x: 1250, y: 1800 });
  const [a0, b0, c0, d0] = homographyJacobian(current, { x: 1250, y: 1800 });
  const ratio = (a * d - b * c) / (a0 * d0 - b0 * c0);
  return ratio > 0.7 && ratio < 1.4 ? map : null;
}

function transpose({ width, height, data }: BinaryImage): BinaryImage {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x];
  return { width: height, height: width, data: out };
}
