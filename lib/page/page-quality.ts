import type { CardPage } from "../card/card-manifest.ts";
import { sortedNumbers } from "../core/sorted-numbers.ts";
import type { GrayImage } from "../image/images.ts";
import { findHiddenBoxes, type HiddenBox } from "./hidden-boxes.ts";
import type { LocatedField } from "./locate-lines.ts";
import { measurePrint, type PrintSample, shareSeen, showsLine } from "./measure-print.ts";
import type { RectifiedPage } from "./rectify-page.ts";
import type { PageRegistration } from "./register-page.ts";

/** A third by a third of the page as printed: what shows of its printed lines there. */
export interface QualityRegion {
  /** 0 left, 1 middle, 2 right; 0 top, 1 middle, 2 foot. */
  readonly column: number;
  readonly row: number;
  /** Grey of the paper. */
  readonly paper: number;
  /** How much darker printed lines are than paper, as a share of it; null where none shows. */
  readonly contrast: number | null;
  /** Standard deviation of the paper's grey, as a share of its level. */
  readonly noise: number;
  /** How far a sharp edge is smeared out, mm (full width at half maximum); null where no line shows. */
  readonly blurMm: number | null;
}

/** How well a page shows. */
export interface PageQuality {
  /** Root mean square distance of the marks' corners from where the registration puts them, mm on the card. */
  readonly residualMm: number;
  /** Scan px per mm of the card, at its middle. */
  readonly pxPerMm: number;
  /** Share of the printed lines that show; null for a card without lines. */
  readonly linesSeen: number | null;
  /** Of the worse direction, whole page; null where no line shows. */
  readonly blurMm: number | null;
  /** Where fields are; regions without any are left out. */
  readonly regions: readonly QualityRegion[];
  /** Share of px at the upper end of the scale. */
  readonly saturated: number;
  /** Boxes that can't be seen although the lines of others can. */
  readonly hidden: readonly HiddenBox[];
}

const THIRDS = 3;
/** Too few samples say nothing of a region. */
const MIN_SAMPLES = 6;
const SATURATED = 252;

/** Measures a registered page at samples along its printed lines. */
export function measurePageQuality(
  rectified: RectifiedPage,
  page: CardPage,
  located: readonly LocatedField[],
  { residualPx, pxPerMm }: PageRegistration,
): PageQuality {
  const byField = located.map((field) => measurePrint(rectified, field));
  const samples = byField.flat();
  const regions: QualityRegion[] = [];
  const byRegion = Array.from({ length: THIRDS * THIRDS }, (): PrintSample[] => []);
  for (const sample of samples) {
    const column = Math.floor((sample.at.x / page.widthMm) * THIRDS);
    const row = Math.floor((sample.at.y / page.heightMm) * THIRDS);
    if (column >= 0 && column < THIRDS && row >= 0 && row < THIRDS) byRegion[row * THIRDS + column].push(sample);
  }
  for (const [i, own] of byRegion.entries()) {
    if (own.length >= MIN_SAMPLES) regions.push(describeRegion(own, Math.floor(i / THIRDS), i % THIRDS));
  }
  return {
    residualMm: residualPx / pxPerMm,
    pxPerMm,
    linesSeen: shareSeen(samples),
    blurMm: blurOf(samples.filter(showsLine)),
    regions,
    saturated: saturatedShare(rectified.print),
    hidden: findHiddenBoxes(rectified, located, byField),
  };
}

function describeRegion(samples: readonly PrintSample[], row: number, column: number): QualityRegion {
  const shown = samples.filter(showsLine);
  return {
    column,
    row,
    paper: Math.round(median(samples.map((sample) => sample.paper))),
    contrast: shown.length > 0 ? rounded(median(shown.map((sample) => sample.contrast))) : null,
    noise: rounded(median(samples.map((sample) => sample.noise))),
    blurMm: blurOf(shown),
  };
}

/** What is left of the lines' width beyond their printed one, squares subtracted; of lines along x and along y the worse. */
function blurOf(shown: readonly PrintSample[]): number | null {
  const worse = (["h", "v"] as const).flatMap((direction) => {
    const own = shown.filter((sample) => sample.direction === direction);
    if (own.length === 0) return [];
    return [median(own.map(({ widthMm, printedMm }) => Math.sqrt(Math.max(0, (widthMm ?? 0) ** 2 - printedMm ** 2))))];
  });
  return worse.length === 0 ? null : rounded(Math.max(...worse));
}

/** Every seventh row and column: a share, not a count. */
function saturatedShare({ width, height, data }: GrayImage): number {
  let saturated = 0;
  let seen = 0;
  for (let y = 3; y < height; y += 7) {
    for (let x = 3; x < width; x += 7, seen++) if (data[y * width + x] >= SATURATED) saturated++;
  }
  return rounded(saturated / Math.max(1, seen));
}

function median(values: readonly number[]): number {
  return sortedNumbers(values)[values.length >> 1];
}

function rounded(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}
