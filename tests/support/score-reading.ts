import { normalizeGlyph } from "../../lib/glyph/normalize-glyph.ts";
import { applyHomography, type Homography } from "../../lib/image/homography.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import type { InkMask } from "../../lib/simulate/ink-mask.ts";
import type { PageTruth } from "../../lib/simulate/page-truth.ts";

export interface GlyphScore {
  readonly field: string;
  readonly index: number;
  readonly written: string | null;
  /** Overlap of the read glyph's bounds with the pen's ink in the scan, as intersection over union. */
  readonly overlap: number;
  /** Cosine between the glyph's 28 x 28 image and that of the pen's own ink, undisturbed by print. */
  readonly likeness: number;
  readonly right: boolean;
}

/**
 * Compares a reading with what the simulated pen did, box by box. Right: a blank read as blank; or ink whose place overlaps with
 * the pen's by at least 0.7 and whose normalised image has a cosine of at least 0.9 with that of the pen's ink alone.
 * @param pageToScan page px of the truth -> scan px
 */
export function scoreReading(reading: PageReading, truth: PageTruth, pageToScan: Homography): GlyphScore[] {
  const scores: GlyphScore[] = [];
  for (const field of truth.fields) {
    const read = reading.fields.find((candidate) => candidate.name === field.name);
    field.glyphs.forEach((glyph, index) => {
      if (glyph.prompt === null) return;
      const got = read?.glyphs[index];
      const base = { field: field.name, index, written: glyph.written };
      if (!got) scores.push({ ...base, overlap: 0, likeness: 0, right: false });
      else if (glyph.inkPx === null || glyph.ink === null) scores.push({ ...base, overlap: 1, likeness: 1, right: got.status === "blank" });
      else if (got.status === "blank") scores.push({ ...base, overlap: 0, likeness: 0, right: false });
      else {
        const [x, y, w, h] = glyph.inkPx;
        const corners = [
          { x, y },
          { x: x + w, y },
          { x, y: y + h },
          { x: x + w, y: y + h },
        ].map((p) => applyHomography(pageToScan, p));
        const left = Math.min(...corners.map((p) => p.x));
        const top = Math.min(...corners.map((p) => p.y));
        const overlap = intersectionOverUnion(got.bounds, [
          left,
          top,
          Math.max(...corners.map((p) => p.x)) - left,
          Math.max(...corners.map((p) => p.y)) - top,
        ]);
        const likeness = cosine(got.image, normalizeGlyph(at300Dpi(glyph.ink, truth.pxPerMm)));
        scores.push({ ...base, overlap, likeness, right: overlap >= 0.7 && likeness >= 0.9 });
      }
    });
  }
  return scores;
}

/** Both grown by a px on each side: a thin dash's bounds are a few px high, and edges are rounded outwards. */
function intersectionOverUnion(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [first, second].map(([x, y, width, height]) => [x - 1, y - 1, width + 2, height + 2]);
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a[2] * a[3] + b[2] * b[3] - w * h);
}

/** Best over shifts of one px: the recipe truncates the centre of mass, so a hair's difference can move the whole image by one px. */
function cosine(a: Uint8Array, b: Uint8Array): number {
  let best = 0;
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) best = Math.max(best, shiftedCosine(a, b, dx, dy));
  return best;
}

function shiftedCosine(a: Uint8Array, b: Uint8Array, dx: number, dy: number): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = (i % 28) + dx;
    const y = Math.floor(i / 28) + dy;
    if (x >= 0 && y >= 0 && x < 28 && y < 28) ab += a[i] * b[28 * y + x];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb || 1);
}

/** The pen's ink at 300 dpi, bilinear, at half coverage. */
function at300Dpi(ink: InkMask, pxPerMm: readonly [number, number]): { width: number; height: number; data: Uint8Array } {
  const sx = pxPerMm[0] / (300 / 25.4);
  const sy = pxPerMm[1] / (300 / 25.4);
  const width = Math.ceil(ink.width / sx) + 1;
  const height = Math.ceil(ink.height / sy) + 1;
  const data = new Uint8Array(width * height);
  const value = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= ink.width || y >= ink.height ? 0 : ink.coverage[y * ink.width + x];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) * sx - 0.5;
      const v = (y + 0.5) * sy - 0.5;
      const x0 = Math.floor(u);
      const y0 = Math.floor(v);
      const top = value(x0, y0) * (1 - u + x0) + value(x0 + 1, y0) * (u - x0);
      const bottom = value(x0, y0 + 1) * (1 - u + x0) + value(x0 + 1, y0 + 1) * (u - x0);
      if (top * (1 - v + y0) + bottom * (v - y0) >= 128) data[y * width + x] = 1;
    }
  }
  return { width, height, data };
}
