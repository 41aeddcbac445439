import type { Box, Point } from "../core/geometry.ts";
import { type Components, findComponents } from "../image/connected-components.ts";
import { crop } from "../image/crop.ts";
import { applyHomography, type Homography } from "../image/homography.ts";
import type { BinaryImage } from "../image/images.ts";
import { erasePrint } from "./nist-erase-print.ts";
import { NIST_LINE_PX, type NistField } from "./nist-form.ts";
import { type LinePrediction, measureLine, type PrintedLine } from "./nist-measure-line.ts";
import { removeLine } from "./nist-remove-line.ts";

export interface IsolatedField {
  /** The field's writing without the form, ink = 1; covers `region` of the page. */
  readonly ink: BinaryImage;
  /** In px of the page image. */
  readonly region: Box;
  /** The box's corners (centre lines), clockwise from the top left, in px of the page image. */
  readonly outline: readonly [Point, Point, Point, Point];
  /** The page's ink from above the box, where the prompt is printed, columns shifted so that the box's top line lies level below it. */
  readonly prompt: BinaryImage;
  /** Share of the four lines' length, each counting the same, in which there is a line. */
  readonly lineShare: number;
}

/** What is kept around a box, in px at 300 dpi: writing may leave it that far. */
const MARGIN = 56;
/** Alphabets have nothing printed behind them: who runs out of room writes the last letters there, up to so far behind the box. */
const ROOM_BEHIND = 170;
/** Ink behind the box goes on with the writing where it begins within this of it (3.5 mm), and is no lower than this share of the box's height. */
const GAP_BEHIND = 42;
const LOWEST_BEHIND = 0.2;
/** The prompt stands within this above the box. */
const PROMPT_HEIGHT = 52;

/**
 * Cuts one field out of an upright page of about 300 dpi: refines its box on its own printed lines, removes them (strokes stay),
 * leaves out what lies outside the box and does not come from inside.
 * @param formToPage form px -> page px; good to about 10 px
 */
export function isolateField(page: BinaryImage, field: NistField, formToPage: Homography): IsolatedField {
  const [fx, fy, fw, fh] = field.box;
  const corners = [
    { x: fx, y: fy },
    { x: fx + fw, y: fy },
    { x: fx + fw, y: fy + fh },
    { x: fx, y: fy + fh },
  ].map((p) => applyHomography(formToPage, p));
  const left = Math.floor(Math.min(...corners.map((p) => p.x))) - MARGIN;
  const top = Math.floor(Math.min(...corners.map((p) => p.y))) - MARGIN;
  const roomBehind = field.kind === "lowercase" || field.kind === "uppercase" ? ROOM_BEHIND : 0;
  const region: Box = [
    left,
    top,
    Math.ceil(Math.max(...corners.map((p) => p.x))) + Math.max(MARGIN, roomBehind) - left,
    Math.ceil(Math.max(...corners.map((p) => p.y))) + MARGIN - top,
  ];
  const ink = crop(page, region);
  const [tl, tr, br, bl] = corners.map((p) => ({ x: p.x - left, y: p.y - top }));
  const flipped = transpose(ink);
  const lines = {
    top: measureLine(ink, predict(tl, tr), NIST_LINE_PX),
    bottom: measureLine(ink, predict(bl, br), NIST_LINE_PX),
    left: measureLine(flipped, predict(swap(tl), swap(bl)), NIST_LINE_PX),
    right: measureLine(flipped, predict(swap(tr), swap(br)), NIST_LINE_PX),
  };
  const horizontal = extend(lines.top, lines.bottom, lines.left, lines.right);
  const vertical = extend(lines.left, lines.right, lines.top, lines.bottom);
  erasePrint(ink, lines.top);
  // The corners belong to both pairs of lines: neither takes the other for a stroke.
  const across = [band(lines.left), band(lines.right)];
  for (const [k, line] of horizontal.entries()) if (line.seen > 0) removeLine(ink, line, { crossings: across, outside: k === 0 ? -1 : 1 });
  const turned = transpose(ink);
  const along = [band(lines.top), band(lines.bottom)];
  for (const [k, line] of vertical.entries()) if (line.seen > 0) removeLine(turned, line, { crossings: along, outside: k === 0 ? -1 : 1 });
  const cleaned = keepInside(transpose(turned), lines, roomBehind > 0);

  const outline = [
    meet(lines.top, lines.left),
    meet(lines.top, lines.right),
    meet(lines.bottom, lines.right),
    meet(lines.bottom, lines.left),
  ].map((p) => ({ x: p.x + left, y: p.y + top }));
  return {
    ink: cleaned,
    region,
    outline: outline as [Point, Point, Point, Point],
    prompt: cutPrompt(page, outline[0], outline[1], lines.top.thickness),
    lineShare: Object.values(lines).reduce((sum, { seen }) => sum + seen / 4, 0),
  };
}

function cutPrompt(page: BinaryImage, from: Point, to: Point, thickness: number): BinaryImage {
  const left = Math.round(from.x) - 12;
  const width = Math.round(to.x - from.x) + 24;
  const slope = (to.y - from.y) / (to.x - from.x);
  const data = new Uint8Array(width * PROMPT_HEIGHT);
  for (let x = 0; x < width; x++) {
    const column = left + x;
    if (column < 0 || column >= page.width) continue;
    const bottom = Math.round(from.y + slope * (column + 0.5 - from.x) - thickness / 2 - 1);
    for (let y = 0; y < PROMPT_HEIGHT; y++) {
      const row = bottom - PROMPT_HEIGHT + y;
      if (row >= 0 && row < page.height) data[y * width + x] = page.data[row * page.width + column];
    }
  }
  return { width, height: PROMPT_HEIGHT, data };
}

interface FieldLines {
  readonly top: PrintedLine;
  readonly bottom: PrintedLine;
  readonly left: PrintedLine;
  readonly right: PrintedLine;
}

function predict(from: Point, to: Point): LinePrediction {
  const b = (to.y - from.y) / (to.x - from.x);
  return { from: from.x + 6, to: to.x - 6, a: from.y - b * from.x, b };
}

/** Both lines reach to the outer edges of the two that end them, edges continued straight. */
function extend(first: PrintedLine, second: PrintedLine, start: PrintedLine, end: PrintedLine): PrintedLine[] {
  return [first, second].map((line) => {
    const from = Math.max(0, Math.floor(band(start)[0] - 2));
    const to = Math.ceil(band(end)[1] + 2);
    const length = to - from;
    const top = new Int16Array(length);
    const bottom = new Int16Array(length);
    for (let i = 0; i < length; i++) {
      const x = from + i;
      const inside = Math.max(line.from, Math.min(line.to - 1, x));
      const shift = Math.round(line.b * (x - inside));
      top[i] = line.top[inside - line.from] + shift;
      bottom[i] = line.bottom[inside - line.from] + shift;
    }
    return { ...line, from, to, top, bottom };
  });
}

/** The rows that a line takes anywhere along it. */
function band(line: PrintedLine): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const y of line.top) low = Math.min(low, y);
  for (const y of line.bottom) high = Math.max(high, y);
  return [low - 1, high + 1];
}

/** Where a horizontal line meets a vertical one (which is given in transposed coordinates). */
function meet(horizontal: PrintedLine, vertical: PrintedLine): Point {
  const y = (horizontal.a + horizontal.b * vertical.a) / (1 - horizontal.b * vertical.b);
  return { x: vertical.a + vertical.b * y, y };
}

/**
 * Components with ink in the box stay, whole; what lies wholly outside (prompt, neighbours) or is a crumb of a line goes, but for writing that goes on
 * behind the box where `goesOn`.
 */
function keepInside(ink: BinaryImage, lines: FieldLines, goesOn: boolean): BinaryImage {
  const { width, height } = ink;
  const found = findComponents(ink);
  const { labels, components } = found;
  const inside = new Int32Array(components.length + 1);
  const below = new Uint8Array(components.length + 1);
  for (let y = 0; y < height; y++) {
    const x0 = lines.left.a + lines.left.b * (y + 0.5);
    const x1 = lines.right.a + lines.right.b * (y + 0.5);
    for (let x = 0; x < width; x++) {
      const label = labels[y * width + x];
      if (label === 0) continue;
      const yTop = lines.top.a + lines.top.b * (x + 0.5);
      const yBottom = lines.bottom.a + lines.bottom.b * (x + 0.5);
      if (x > x0 && x < x1 && y > yTop && y < yBottom) inside[label]++;
      if (Math.abs(y + 0.5 - yBottom) > 6 && Math.abs(y + 0.5 - yTop) > 6 && Math.abs(x + 0.5 - x0) > 6 && Math.abs(x + 0.5 - x1) > 6)
        below[label] = 1;
    }
  }
  const kept = new Uint8Array(components.length + 1);
  for (const { label, area } of components) kept[label] = inside[label] > 0.25 * area && below[label] === 1 ? 1 : 0;
  if (goesOn) keepBehind(found, lines, kept);
  const data = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) data[i] = kept[labels[i]];
  return { width, height, data };
}

/** Keeps what follows on the box's right line, or on other ink that does, in the box's rows. */
function keepBehind({ components }: Components, { top, bottom, right }: FieldLines, kept: Uint8Array): void {
  const last = bandMiddle(right);
  const [yTop, yBottom] = [top, bottom].map((line) => line.a + line.b * last);
  const boxHeight = yBottom - yTop;
  let reach = last;
  for (const { label, box } of components) if (kept[label] === 1) reach = Math.max(reach, box[0] + box[2]);
  for (const { label, box } of components.toSorted((a, b) => a.box[0] - b.box[0])) {
    const [x, y, w, h] = box;
    const middle = y + h / 2;
    if (kept[label] === 1 || x < last || h < LOWEST_BEHIND * boxHeight || h > 1.5 * boxHeight) continue;
    if (middle < yTop || middle > yBottom || x - reach > GAP_BEHIND) continue;
    kept[label] = 1;
    reach = Math.max(reach, x + w);
  }
}

function bandMiddle(line: PrintedLine): number {
  const [low, high] = band(line);
  return (low + high) / 2;
}

function swap(p: Point): Point {
  return { x: p.y, y: p.x };
}

function transpose({ width, height, data }: BinaryImage): BinaryImage {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x];
  return { width: height, height: width, data: out };
}
