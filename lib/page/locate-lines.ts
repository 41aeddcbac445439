import type { Field } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import type { PrintedLine } from "./list-printed.ts";
import { openPrintStrip, type PrintStrip, sumAcross } from "./print-strip.ts";
import type { RectifiedPage } from "./rectify-page.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** A printed line as it lies in the rectified image, in its px: straight between the middles of its pieces. */
export interface LocatedLine {
  readonly line: PrintedLine;
  readonly from: number;
  readonly to: number;
  readonly widthPx: number;
  /** Middle of each piece along the line, and the line's centre across it. */
  readonly pieces: readonly { readonly along: number; readonly centre: number }[];
}

export interface LocatedField {
  readonly field: Field;
  readonly lines: readonly LocatedLine[];
  /** How far the field's print lies from where the registration puts it, px right and down. */
  readonly shift: readonly [number, number];
  /** Of its lines' length: the share that is seen, of those along x or those along y, whichever is less. 1 where it has no lines. */
  readonly seenShare: number;
  /** The same for each of its boxes, of all the lines around it. */
  readonly boxesSeen: readonly number[];
  /** For each of its boxes how much farther apart than printed its sides are, or less far, of width and height whichever is more, mm: what the bend of the paper was not followed by. */
  readonly boxesOff: readonly number[];
  /** Root mean square of the distance, across them, of the lines as seen from where the field's shift puts them, mm. */
  readonly residualMm: number;
}

/** Unless the caller knows better: what a feeder's stretch or a hand's corners leave. */
const FIELD_REACH_MM = 1.5;
/** How far a piece of a line may then lie beside its field's place. */
const PIECE_REACH_MM = 0.45;
const PIECE_MM = 7;
/** A line this near to a box's side is that side. */
const SAME_MM = 0.1;
/** A line is seen where the grey under it is this much darker than beside it. */
const MIN_CONTRAST = 12;

/**
 * Finds each field's own printed lines: first one shift for the whole field (all its lines agree, so that a neighbour's line or a
 * stroke can't draw it off), then each line in pieces of 7 mm around that.
 * @param lines the page's printed lines; those within the field belong to it
 * @param reachMm how far a field may lie beside its registered place
 */
export function locateLines(
  page: RectifiedPage,
  field: Field,
  lines: readonly PrintedLine[],
  reachMm: number = FIELD_REACH_MM,
): LocatedField {
  const own = lines.filter((line) => belongs(line, field));
  const strip = openStrip(page, own, reachMm);
  const shift: [number, number] = [
    fieldShift(page, strip, own, { direction: "v", reachMm }),
    fieldShift(page, strip, own, { direction: "h", reachMm }),
  ];
  const located = own.map((line) => locate(page, strip, line, line.direction === "h" ? [shift[1], shift[0]] : shift));
  return {
    field,
    shift,
    lines: located.map(({ line }) => line),
    ...judge(located),
    boxesSeen: field.boxes.map((box) => judgeBox(located, box)),
    boxesOff: field.boxes.map((box) => measureBox(page, located, box)),
  };
}

/** A line with how far from its expected place each of its pieces is seen, in px; null where it is not seen. */
interface JudgedLine {
  readonly line: LocatedLine;
  readonly offsets: readonly (number | null)[];
}

function judge(lines: readonly JudgedLine[]): Pick<LocatedField, "seenShare" | "residualMm"> {
  const length = { h: 0, v: 0 };
  const seen = { h: 0, v: 0 };
  let squares = 0;
  for (const { line, offsets } of lines) {
    const own = (line.to - line.from) / offsets.length;
    const { direction } = line.line;
    for (const offset of offsets) {
      length[direction] += own;
      if (offset === null) continue;
      seen[direction] += own;
      squares += own * (offset / PX_PER_MM_300) ** 2;
    }
  }
  const share = (direction: "h" | "v"): number => (length[direction] === 0 ? 1 : seen[direction] / length[direction]);
  return { seenShare: Math.min(share("h"), share("v")), residualMm: Math.sqrt(squares / Math.max(1, seen.h + seen.v)) };
}

function judgeBox(lines: readonly JudgedLine[], [x, , width]: Box): number {
  let [length, seen] = [0, 0];
  for (const { line, offsets } of lines) {
    const { direction, at, from, to } = line.line;
    const [low, high] = direction === "h" ? [from, to] : [at, at];
    if (low < x - 0.1 || high > x + width + 0.1) continue;
    const own = (to - from) / offsets.length;
    for (const offset of offsets) {
      length += own;
      if (offset !== null) seen += own;
    }
  }
  return length === 0 ? 1 : seen / length;
}

/** Of width and height of a box, as its own lines lie, that which differs more from what was printed; mm. */
function measureBox(page: RectifiedPage, lines: readonly JudgedLine[], [x, y, width, height]: Box): number {
  const off = (direction: "h" | "v", at: readonly [number, number], along: number): number => {
    const sides = at.map((place) =>
      lines.find(
        ({ line: { line } }) =>
          line.direction === direction && Math.abs(line.at - place) < SAME_MM && line.from <= along && line.to >= along,
      ),
    );
    const [start, end] = sides.map((side) => {
      if (side === undefined) return null;
      const placed = place(page, side.line.line);
      return lineCentre(side.line, placed.from + (along - side.line.line.from) * PX_PER_MM_300) - placed.at;
    });
    return start === null || end === null ? 0 : Math.abs(end - start) / PX_PER_MM_300;
  };
  return Math.max(off("v", [x, x + width], y + height / 2), off("h", [y, y + height], x + width / 2));
}

/** The located line's centre at a place along it. */
export function lineCentre({ pieces }: LocatedLine, along: number): number {
  let k = 1;
  while (k < pieces.length - 1 && pieces[k].along < along) k++;
  if (pieces.length === 1) return pieces[0].centre;
  const [a, b] = [pieces[k - 1], pieces[k]];
  return a.centre + ((b.centre - a.centre) * (along - a.along)) / (b.along - a.along);
}

function belongs(line: PrintedLine, { box: [x, y, width, height] }: Field): boolean {
  const [x0, x1, y0, y1] = line.direction === "h" ? [line.from, line.to, line.at, line.at] : [line.at, line.at, line.from, line.to];
  return x0 >= x - 0.1 && x1 <= x + width + 0.1 && y0 >= y - 0.1 && y1 <= y + height + 0.1;
}

interface Placed {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function place({ originMm }: RectifiedPage, line: PrintedLine): Placed {
  const [across, along] = line.direction === "h" ? [originMm.y, originMm.x] : [originMm.x, originMm.y];
  return { at: (line.at - across) * PX_PER_MM_300, from: (line.from - along) * PX_PER_MM_300, to: (line.to - along) * PX_PER_MM_300 };
}

/** The shift across lines of one direction at which they are darkest together. */
function fieldShift(
  page: RectifiedPage,
  strip: PrintStrip,
  lines: readonly PrintedLine[],
  { direction, reachMm }: { direction: "h" | "v"; reachMm: number },
): number {
  const reach = Math.round(reachMm * PX_PER_MM_300);
  const total = new Float64Array(2 * reach + 1);
  // Profiles are taken about whole px: what that moved them, on average.
  let [moved, length] = [0, 0];
  for (const line of lines) {
    if (line.direction !== direction) continue;
    const { at, from, to } = place(page, line);
    const profile = profileAcross(strip, direction, { from, to, centre: at, reach });
    for (let k = 0; k < total.length; k++) total[k] += profile[k] * (to - from);
    moved += (Math.round(at) + 0.5 - at) * (to - from);
    length += to - from;
  }
  const peak = ridge(total, Math.max(2, Math.round((lines[0]?.lineMm ?? 0.3) * PX_PER_MM_300)));
  return peak === null ? 0 : peak.offset - reach + moved / length;
}

/** Wherever one of the field's lines may be looked for. */
function openStrip(page: RectifiedPage, lines: readonly PrintedLine[], reachMm: number): PrintStrip {
  const reach = Math.round(reachMm * PX_PER_MM_300) + Math.round(PIECE_REACH_MM * PX_PER_MM_300) + 3;
  let [top, bottom] = [Number.POSITIVE_INFINITY, 0];
  for (const line of lines) {
    const { at, from, to } = place(page, line);
    top = Math.min(top, (line.direction === "h" ? at : from) - reach);
    bottom = Math.max(bottom, (line.direction === "h" ? at : to) + reach);
  }
  return openPrintStrip(page.print, top, bottom);
}

/** @param shift how far it lies from its registered place: across it, and along it */
function locate(page: RectifiedPage, strip: PrintStrip, line: PrintedLine, [shift, alongShift]: readonly [number, number]): JudgedLine {
  const placed = place(page, line);
  const from = placed.from + alongShift;
  const to = placed.to + alongShift;
  const at = placed.at + shift;
  const widthPx = line.lineMm * PX_PER_MM_300;
  const reach = Math.round(PIECE_REACH_MM * PX_PER_MM_300);
  const count = Math.max(1, Math.round((to - from) / (PIECE_MM * PX_PER_MM_300)));
  const found: { along: number; centre: number | null }[] = [];
  for (let i = 0; i < count; i++) {
    const start = from + ((to - from) * i) / count;
    const end = from + ((to - from) * (i + 1)) / count;
    const profile = profileAcross(strip, line.direction, { from: start, to: end, centre: at, reach });
    const peak = ridge(profile, Math.max(2, Math.round(widthPx)));
    found.push({
      along: (start + end) / 2,
      centre: peak && peak.contrast >= MIN_CONTRAST ? Math.round(at) + 0.5 + peak.offset - reach : null,
    });
  }
  // A piece that can't be seen (covered by writing, drop-out colour) lies where the pieces that can be seen say.
  const seen = found
    .filter((piece) => piece.centre !== null)
    .map((piece) => piece.centre ?? at)
    .sort((a, b) => a - b);
  const typical = seen.length > 0 ? seen[seen.length >> 1] : at;
  return {
    line: { line, from, to, widthPx, pieces: found.map(({ along, centre }) => ({ along, centre: centre ?? typical })) },
    offsets: found.map(({ centre }) => (centre === null ? null : centre - at)),
  };
}

/** Mean darkness (255 - grey) of each row (or column) within `reach` px of round(centre), over the span from..to. */
function profileAcross(
  strip: PrintStrip,
  direction: "h" | "v",
  span: { from: number; to: number; centre: number; reach: number },
): Float64Array {
  const { width, height } = strip;
  const { reach } = span;
  const [length, depth] = direction === "h" ? [width, height] : [height, width];
  // Box corners are left out: there the lines across would count.
  const inset = Math.min(6, (span.to - span.from) / 4);
  const from = Math.max(0, Math.round(span.from + inset));
  const to = Math.min(length, Math.round(span.to - inset));
  const profile = new Float64Array(2 * reach + 1);
  // What lies beyond the image has no darkness.
  const start = Math.round(span.centre) - reach;
  const first = Math.max(0, -start);
  const end = Math.min(profile.length, depth - start);
  if (to <= from || end <= first) return profile;
  const { sums } = sumAcross(strip, direction, { from, to, first: start + first, count: end - first });
  for (let k = first; k < end; k++) profile[k] = 255 - sums[k - first] / (to - from);
  return profile;
}

/** The darkest window of `size` in a profile: its centre (centroid above the background, in samples) and how much darker it is. */
function ridge(profile: Float64Array, size: number): { offset: number; contrast: number } | null {
  if (profile.length < size) return null;
  const sorted = profile.slice().sort();
  const background = sorted[Math.floor(sorted.length * 0.3)];
  let best = -1;
  let bestSum = 0;
  for (let start = 0; start + size <= profile.length; start++) {
    let sum = 0;
    for (let k = start; k < start + size; k++) sum += profile[k] - background;
    if (sum > bestSum) [best, bestSum] = [start, sum];
  }
  if (best < 0) return null;
  let weight = 0;
  let moment = 0;
  for (let k = Math.max(0, best - 1); k < Math.min(profile.length, best + size + 1); k++) {
    const dark = Math.max(0, profile[k] - background);
    weight += dark;
    moment += dark * k;
  }
  return weight > 0 ? { offset: moment / weight, contrast: bestSum / size } : null;
}
