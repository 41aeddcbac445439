import type { Box, Point } from "../../../lib/core/geometry.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { smoothGlyph } from "../../../lib/glyph/smooth-glyph.ts";
import { findComponents } from "../../../lib/image/connected-components.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import type { GlyphReading, PageReading } from "../../../lib/pipeline/page-reading.ts";
import type { InkMask } from "../../../lib/simulate/ink-mask.ts";
import type { PageTruth, TruthField, TruthGlyph } from "../../../lib/simulate/page-truth.ts";

/** Where a point of the printed card's raster (px of `PageTruth`) lies in the picture (px). */
export type Project = (point: Point) => Point;

export interface BoxScore {
  readonly field: string;
  readonly index: number;
  readonly written: string | null;
  readonly status: GlyphReading["status"] | "missing";
  /** Overlap of the read glyph's bounds with the pen's ink in the scan, as intersection over union. */
  readonly overlap: number;
  /** Cosine between the glyph's 28 x 28 image and that of the pen's own ink, undisturbed by print, both smoothed. */
  readonly likeness: number;
  readonly right: boolean;
  /** Not right, but the reading says that it is in doubt. */
  readonly told: boolean;
}

/** What a reader may say of a character that is none: any of these tells that it is not to be trained with as it is. */
const DOUBTS: readonly string[] = ["unsure", "mismatch", "crossed-out", "overwritten"];
/** What tells that a character is not to be trained with before a person has seen it: a spoiled box has no label, a mismatch keeps its own. */
const DOUBTS_OF_CLEAN: readonly string[] = ["unsure", "crossed-out", "overwritten"];

/** Least overlap and likeness of a box that is right. */
export const OVERLAP = 0.7;
const LIKENESS = 0.92;
/** Of the pens of `lib/simulate`; what MNIST's images have beside a digit may be smaller, dirt that nobody wrote and no photograph need show. */
const THINNEST_PEN_MM = 0.3;
const PX_PER_MM_300 = 300 / 25.4;
/** Both bounds are grown by this much: edges are rounded outwards to whole px, and a thin dash is hardly wider than that. */
const SLACK = { mm: 0.25, px: 1 };

/**
 * Compares a reading with what the pen did, box by box.
 *
 * A box is right when it was left blank and is read as blank; or was crossed out or overwritten and has that state; or when its glyph has the prompt as label, lies where the pen wrote
 * (overlap at least 0.7) and its 28 x 28 image equals that of the pen's ink alone (cosine at least 0.92, both smoothed over 3 x 3 px, because
 * a scan's resolution and focus move the strokes' edges; a missing or added part of a stroke lies below that). In an undivided field a
 * character's glyph is the one that overlaps most; where the writer left something out, a glyph may be without a label, but none may have another's.
 * @param project page px of the truth -> scan px
 */
export function scoreBoxes(reading: PageReading, truth: PageTruth, project: Project): BoxScore[] {
  return truth.fields.flatMap((field) => {
    const asked = field.glyphs.filter((glyph) => glyph.prompt !== null);
    const read = reading.fields.find((candidate) => candidate.name === field.name)?.glyphs ?? [];
    const undivided = asked.every((glyph) => glyph.boxMm === null);
    return asked.map((glyph, index) => {
      const place = glyph.inkPx && projectBox(glyph.inkPx, project, truth.pxPerMm);
      const got = undivided ? place && findNearest(read, place) : read[index];
      return scoreBox(glyph, got ?? null, { place, truth, mayLackLabel: undivided && hasLeftOut(field), undivided });
    });
  });
}

/** Where a character's ink lies in the scan. */
export interface Place {
  readonly bounds: Box;
  readonly slackPx: number;
}

function scoreBox(
  glyph: TruthGlyph,
  got: GlyphReading | null,
  { place, truth, mayLackLabel, undivided }: { place: Place | null; truth: PageTruth; mayLackLabel: boolean; undivided: boolean },
): BoxScore {
  const base = { field: glyph.field, index: glyph.index, written: glyph.written, status: got?.status ?? ("missing" as const) };
  if (glyph.mishap === "crossed-out" || glyph.mishap === "overwritten") {
    const said: string = base.status;
    const right = said === glyph.mishap;
    return { ...base, overlap: 1, likeness: 1, right, told: !right && DOUBTS.includes(said) };
  }
  if (place === null || glyph.ink === null) {
    // Nothing to find in an undivided field; a box has to be said to be blank.
    const right = undivided || got?.status === "blank";
    return { ...base, overlap: 1, likeness: 1, right, told: !right && DOUBTS_OF_CLEAN.includes(base.status) };
  }
  if (got === null || got.status === "blank") return { ...base, overlap: 0, likeness: 0, right: false, told: false };
  const overlap = intersectionOverUnion(got.bounds, place);
  const likeness = measureLikeness(got.image, at300Dpi(glyph.ink, truth.pxPerMm));
  const isLabelled = got.label === glyph.prompt || (mayLackLabel && got.label === null);
  const right = overlap >= OVERLAP && likeness >= LIKENESS && isLabelled;
  return { ...base, overlap, likeness, right, told: !right && DOUBTS_OF_CLEAN.includes(got.status) };
}

/** @param ink at 300 dpi; with the dirt of NIST's scans that it may hold, or without */
function measureLikeness(image: Uint8Array, ink: BinaryImage): number {
  const seen = smoothGlyph(image);
  const all = cosine(seen, smoothGlyph(normalizeGlyph(ink)));
  const written = leaveOutSpecks(ink);
  return written === ink ? all : Math.max(all, cosine(seen, smoothGlyph(normalizeGlyph(written))));
}

/** Without pieces smaller than a dot of the thinnest pen. */
function leaveOutSpecks(ink: BinaryImage): BinaryImage {
  const { labels, components } = findComponents(ink);
  const least = (Math.PI / 4) * (THINNEST_PEN_MM * PX_PER_MM_300) ** 2;
  if (components.every(({ area }) => area >= least)) return ink;
  return { ...ink, data: ink.data.map((value, i) => (value === 1 && components[labels[i]! - 1]!.area >= least ? 1 : 0)) };
}

/** Then which of the prompt's characters the others are may be open. */
function hasLeftOut({ glyphs }: TruthField): boolean {
  return glyphs.some(({ written }) => written === null);
}

function findNearest(read: readonly GlyphReading[], place: Place): GlyphReading | null {
  let best: GlyphReading | null = null;
  let most = 0;
  for (const glyph of read) {
    const overlap = intersectionOverUnion(glyph.bounds, place);
    if (overlap > most) [best, most] = [glyph, overlap];
  }
  return best;
}

export function projectBox([x, y, w, h]: Box, project: Project, pxPerMm: readonly [number, number]): Place {
  const corners = [
    { x, y },
    { x: x + w, y },
    { x, y: y + h },
    { x: x + w, y: y + h },
  ].map(project);
  const left = Math.min(...corners.map((p) => p.x));
  const top = Math.min(...corners.map((p) => p.y));
  const bounds: Box = [left, top, Math.max(...corners.map((p) => p.x)) - left, Math.max(...corners.map((p) => p.y)) - top];
  return { bounds, slackPx: SLACK.px + SLACK.mm * measureScale({ x, y }, project, pxPerMm) };
}

/** Scan px a mm of the page, about a point of it. */
export function measureScale(at: Point, project: Project, pxPerMm: readonly [number, number]): number {
  const origin = project(at);
  const right = project({ x: at.x + pxPerMm[0], y: at.y });
  const below = project({ x: at.x, y: at.y + pxPerMm[1] });
  const area = (right.x - origin.x) * (below.y - origin.y) - (right.y - origin.y) * (below.x - origin.x);
  return Math.sqrt(Math.abs(area));
}

export function intersectionOverUnion(first: Box, { bounds: second, slackPx }: Place): number {
  const [a, b] = [first, second].map(([x, y, width, height]) => [x - slackPx, y - slackPx, width + 2 * slackPx, height + 2 * slackPx]) as [
    number[],
    number[],
  ];
  const w = Math.min(a[0]! + a[2]!, b[0]! + b[2]!) - Math.max(a[0]!, b[0]!);
  const h = Math.min(a[1]! + a[3]!, b[1]! + b[3]!) - Math.max(a[1]!, b[1]!);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a[2]! * a[3]! + b[2]! * b[3]! - w * h);
}

/** Best over shifts of one px: the recipe truncates the centre of mass, so a hair's difference can move the whole image by one px. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let best = 0;
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) best = Math.max(best, shiftedCosine(a, b, dx, dy));
  return best;
}

function shiftedCosine(a: Float32Array, b: Float32Array, dx: number, dy: number): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = (i % 28) + dx;
    const y = Math.floor(i / 28) + dy;
    if (x >= 0 && y >= 0 && x < 28 && y < 28) ab += a[i]! * b[28 * y + x]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb || 1);
}

/** The pen's ink at 300 dpi, bilinear, at half coverage. */
function at300Dpi(ink: InkMask, pxPerMm: readonly [number, number]): BinaryImage {
  const sx = pxPerMm[0] / PX_PER_MM_300;
  const sy = pxPerMm[1] / PX_PER_MM_300;
  const width = Math.ceil(ink.width / sx) + 1;
  const height = Math.ceil(ink.height / sy) + 1;
  const data = new Uint8Array(width * height);
  const value = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= ink.width || y >= ink.height ? 0 : ink.coverage[y * ink.width + x]!;
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
