import { estimatePaper } from "../image/estimate-paper.ts";
import { applyHomography, type Homography, multiplyHomography } from "../image/homography.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { shrinkGray } from "../image/shrink.ts";
import { thresholdLocal } from "../image/threshold-local.ts";
import { warpGray } from "../image/warp.ts";
import { estimateSkew } from "./nist-estimate-skew.ts";
import { type Fit, fitToLines, type Lines, SAMPLES, type Sample } from "./nist-fit-lines.ts";
import { NIST_FIELDS } from "./nist-form.ts";
import { findHorizontalLines, type LineSegment } from "./nist-line-maps.ts";

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
    const fit = fitToLines(map, lines);
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

function transpose({ width, height, data }: BinaryImage): BinaryImage {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x];
  return { width: height, height: width, data: out };
}
