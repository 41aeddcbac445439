import type { Card } from "../../../lib/card/card-manifest.ts";
import type { Box } from "../../../lib/core/geometry.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import { applyInk } from "../../../lib/simulate/apply-ink.ts";
import { type FilledPage, fillCard } from "../../../lib/simulate/fill-card.ts";
import type { InkMask } from "../../../lib/simulate/ink-mask.ts";
import { findInkBounds, type TruthField, type TruthGlyph } from "../../../lib/simulate/page-truth.ts";
import type { SimulatedWriter } from "../../../lib/simulate/simulated-writer.ts";
import type { Picture } from "./corpus-kind.ts";
import type { RealWriter } from "./real-digits.ts";

/** The ink keeps this from its box's lines. */
const MARGIN_MM = 0.5;

/**
 * Fills a card of boxed digits in with one person's MNIST digits, with the colour of a simulated writer's ink. Each sample is enlarged to
 * its writer's height and thresholded as softly as a pen's edge; a person's few samples come again in other sizes and places.
 * @param pen its ink, size and seed count; its strokes are not used
 */
export function writeRealDigits(
  page: Picture,
  card: Card,
  pageIndex: number,
  { person, pen, code, rng }: { person: RealWriter; pen: SimulatedWriter; code: string | null; rng: Rng },
): FilledPage<Picture> {
  const { image, truth } = fillCard(page, card, pageIndex, pen, { rng, blankRate: 1, writerCode: null });
  const channels = image.data.length === image.width * image.height ? 1 : 3;
  const target = { width: image.width, height: image.height, data: image.data, channels } as const;
  const layout = card.pages[pageIndex]!.fields;
  const fields = truth.fields.map((field, f): TruthField => {
    const chars = field.kind === "digits" ? [...field.prompt] : field.kind === "writer" ? [...(code ?? "")] : null;
    if (chars === null) return field;
    const glyphs = field.glyphs.map((glyph, i): TruthGlyph => {
      const box = layout[f]!.boxes[i];
      const samples = chars[i] === undefined ? undefined : person.images.get(chars[i]);
      if (!box || !samples) return glyph;
      const ink = placeSample(samples[rng.int(samples.length)]!, box, { pxPerMm: truth.pxPerMm, size: pen.size, rng });
      applyInk(target, ink, { writer: pen, pxPerMm: truth.pxPerMm[0] });
      const inkPx = findInkBounds(ink);
      const inkMm: Box | null = inkPx && [
        inkPx[0] / truth.pxPerMm[0],
        inkPx[1] / truth.pxPerMm[1],
        inkPx[2] / truth.pxPerMm[0],
        inkPx[3] / truth.pxPerMm[1],
      ];
      return { ...glyph, written: chars[i]!, ink, inkPx, inkMm };
    });
    return { ...field, written: glyphs.map((glyph) => glyph.written ?? "").join(""), glyphs };
  });
  return { image, truth: { ...truth, writerCode: code, fields } };
}

/** One 28 x 28 sample as ink in a box, its 20 px as high as the pen's size says. */
function placeSample(
  sample: Uint8Array,
  [left, top, width, height]: Box,
  { pxPerMm, size, rng }: { pxPerMm: readonly [number, number]; size: number; rng: Rng },
): InkMask {
  const extent = findExtent(sample);
  const mmPerCell = Math.min(
    (height * size * rng.between(0.92, 1.08)) / 20,
    (width - 2 * MARGIN_MM) / extent.width,
    (height - 2 * MARGIN_MM) / extent.height,
  );
  const [cellX, cellY] = [mmPerCell * pxPerMm[0], mmPerCell * pxPerMm[1]];
  const free = [width - 2 * MARGIN_MM - extent.width * mmPerCell, height - 2 * MARGIN_MM - extent.height * mmPerCell] as const;
  const at = [
    (left + MARGIN_MM + free[0] * rng.between(0.25, 0.75)) * pxPerMm[0],
    (top + MARGIN_MM + free[1] * rng.between(0.25, 0.75)) * pxPerMm[1],
  ] as const;
  const mask = {
    x: Math.floor(at[0]),
    y: Math.floor(at[1]),
    width: Math.ceil(extent.width * cellX) + 1,
    height: Math.ceil(extent.height * cellY) + 1,
  };
  const coverage = new Uint8Array(mask.width * mask.height);
  // An MNIST edge is about one cell wide; a pen's is one px.
  const steepness = Math.max(1, Math.min(cellX, cellY) / 1.5);
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      const u = extent.x + (mask.x + x + 0.5 - at[0]) / cellX - 0.5;
      const v = extent.y + (mask.y + y + 0.5 - at[1]) / cellY - 0.5;
      coverage[y * mask.width + x] = Math.max(0, Math.min(255, 127.5 + steepness * (sampleAt(sample, u, v) - 127.5)));
    }
  }
  return { ...mask, coverage };
}

function findExtent(sample: Uint8Array): { x: number; y: number; width: number; height: number } {
  let [left, top, right, bottom] = [28, 28, -1, -1];
  sample.forEach((value, i) => {
    if (value < 64) return;
    const [x, y] = [i % 28, Math.floor(i / 28)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  });
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Bilinear between the centres of the cells; paper beyond them. */
function sampleAt(sample: Uint8Array, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const at = (i: number, j: number): number => (i < 0 || j < 0 || i > 27 || j > 27 ? 0 : sample[28 * j + i]!);
  const upper = at(x, y) * (1 - u + x) + at(x + 1, y) * (u - x);
  const lower = at(x, y + 1) * (1 - u + x) + at(x + 1, y + 1) * (u - x);
  return upper * (1 - v + y) + lower * (v - y);
}
