import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { findRunComponents, type RunComponents } from "../image/run-components.ts";
import type { Region } from "./field-regions.ts";
import type { FormRemoved } from "./form-removal.ts";
import { measureRuns } from "./measure-runs.ts";

/** A region's ink, tight, and where it lies in the rectified page. */
export interface IsolatedInk {
  readonly image: BinaryImage;
  readonly bounds: Box;
  /** Some of it is much paler than the page's other strokes: another pen's, or no writing. */
  readonly isPale?: boolean;
}

/** What all regions' ink comes to. */
export interface IsolatedBoxes {
  /** For each region its ink, or null where it is blank. */
  readonly inks: readonly (IsolatedInk | null)[];
  /** Of all ink in regions, print and what lies on lines left out, the share in pieces too small to be strokes; 0 where that is little ink: dust. */
  readonly dottedShare: number;
}

/** Smaller than the dot of an i from the finest pen: 0.3 mm, 3.5 px. */
const SPECK_PX = 10;
/** A component at least this much on printed text, or on a line's band, is print. */
const PRINT_SHARE = 0.6;
/** A piece with less than this of the contrast that the page's strokes usually have is no writing: it shines through from the back, or is what
 * is left of coloured print. */
const FAINT_SHARE = 0.35;
/** A piece with less than this is kept, and its box in doubt: pieces of one pen, or pencil, have 0.7 to 1.1. */
const PALE_SHARE = 0.6;
/** On a line's band, where a pale line leaves more. */
const FAINT_ON_LINE = 0.7;
const STROKE_PX = 100;
/** A piece on a line's band that is shorter than this (1 mm) is what is left of the line; a longer one is a stroke that lies on it. */
const REMNANT_PX = 12;
/** Shorter than this (0.6 mm) a piece is no stroke; less of it than this is dust. */
const DOT_PX = 7;
const LEAST_DOTTED_PX = 2000;
/** Ink in two regions is cut between them only where each has a substantial part: else the whole goes to the larger. */
const SPLIT_SHARE = 0.3;
const SPLIT_PX = 100;

/**
 * Gives each region the ink that is its own: every connected piece goes as a whole to the region that holds most of it, so that
 * ink that leaves its box is kept and a neighbour's is not. Printed text, remnants of lines and specks are left out.
 * @param texts where printed text stands, in px of the page; ink mostly inside is print
 */
export function isolateBoxes({ ink, band, gray, paper }: FormRemoved, regions: readonly Region[], texts: readonly Box[]): IsolatedBoxes {
  const owner = paintOwners(
    ink,
    regions.map((region) => region.territory),
    texts,
  );
  const found = findRunComponents(ink);
  const { contrasts, onLine } = measureRuns(found, { gray, paper, band });
  const { ownerOf, split, lined } = assign(found, owner, onLine);
  const typical = usualContrast(found, ownerOf, contrasts);

  const members: number[][] = regions.map(() => []);
  const faint: number[][] = regions.map(() => []);
  const pale = new Set<number>();
  for (const { label, area } of found.components) {
    const owners = split.get(label) ?? (ownerOf[label] > 0 ? [ownerOf[label]] : []);
    const isPaler = contrasts[label] < (lined[label] === 1 ? FAINT_ON_LINE : FAINT_SHARE) * typical;
    for (const region of owners) {
      const isFaint = isPaler && regions[region - 1].washedOut !== true;
      if (!isFaint) members[region - 1].push(label);
      else if (lined[label] === 0 && area >= STROKE_PX) faint[region - 1].push(label);
      if (!isFaint && area >= STROKE_PX && contrasts[label] < PALE_SHARE * typical) pale.add(region - 1);
    }
  }
  // Beside dark strokes it is the other side's, or rubbed out, and is so in an empty box; with none beside it, it may be what was written.
  const besideInk = faint.filter((labels, i) => labels.length > 0 && members[i].length > 0).length;
  const alone = faint.filter((labels, i) => labels.length > 0 && members[i].length === 0).length;
  const inks = members.map((labels, i) => {
    const isAlone = labels.length === 0 && faint[i].length > 0 && alone > besideInk;
    const own = cut({ found, labels: isAlone ? faint[i] : labels, split, owner }, i + 1);
    return own && (isAlone || pale.has(i)) ? { ...own, isPale: true } : own;
  });
  return { inks, dottedShare: measureDotted(found, owner, onLine) };
}

function measureDotted({ components }: RunComponents, { map, rowAt }: Owners, onLine: Int32Array): number {
  let [dotted, all] = [0, 0];
  for (const { label, area, box } of components) {
    const own = map[rowAt[box[1]] + box[0]];
    if ((own & TEXT) !== 0 || (own & REGION) === 0 || onLine[label] > PRINT_SHARE * area) continue;
    all += area;
    if (Math.max(box[2], box[3]) < DOT_PX) dotted += area;
  }
  return dotted < LEAST_DOTTED_PX ? 0 : dotted / all;
}

/** Of each region's darkest stroke the contrast, of these the median: what shines through from the back lies beside the pen's own, however much it is. */
function usualContrast({ components }: RunComponents, ownerOf: Int32Array, contrasts: Float32Array): number {
  const darkest = new Map<number, number>();
  for (const { label, area } of components) {
    const region = ownerOf[label];
    if (area >= STROKE_PX && region > 0) darkest.set(region, Math.max(darkest.get(region) ?? 0, contrasts[label]));
  }
  return [...darkest.values()].sort((a, b) => a - b)[darkest.size >> 1] ?? 0;
}

/** Of a px in the map of owners: its region, from 1, and whether printed text stands there. */
const REGION = 0x7fff;
const TEXT = 0x8000;

/** Whose each px is, for bands of rows that are all alike: territories and texts are rectangles. */
interface Owners {
  /** Px of row y are those from `rowAt[y]` on. */
  readonly map: Uint16Array;
  readonly rowAt: Int32Array;
}

function paintOwners({ width, height }: BinaryImage, territories: readonly Box[], texts: readonly Box[]): Owners {
  const inside = ([x, y, w, h]: Box) => ({
    left: Math.max(0, Math.floor(x)),
    right: Math.min(width, Math.ceil(x + w)),
    top: Math.max(0, Math.floor(y)),
    bottom: Math.min(height, Math.ceil(y + h)),
  });
  const regions = territories.map(inside);
  const prints = texts.map(inside);
  const edges = [0, ...[...regions, ...prints].flatMap(({ top, bottom }) => [top, bottom])].filter((y) => y >= 0 && y < height);
  const tops = [...new Set(edges)].sort((a, b) => a - b);
  const map = new Uint16Array(tops.length * width);
  const rowAt = new Int32Array(height);
  const bandFrom = new Map(tops.map((top, band) => [top, band]));
  for (let band = 0; band < tops.length; band++) rowAt.fill(band * width, tops[band], tops[band + 1] ?? height);
  const paint = ({ left, right, top, bottom }: ReturnType<typeof inside>, row: (from: number, to: number) => void): void => {
    if (left >= right) return;
    for (let band = bandFrom.get(top) ?? tops.length; band < tops.length && tops[band] < bottom; band++)
      row(band * width + left, band * width + right);
  };
  for (const [i, own] of regions.entries()) paint(own, (from, to) => map.fill(i + 1, from, to));
  for (const own of prints) {
    paint(own, (from, to) => {
      for (let at = from; at < to; at++) map[at] |= TEXT;
    });
  }
  return { map, rowAt };
}

interface Assigned {
  /** By label: 1-based region, 0 for none. */
  readonly ownerOf: Int32Array;
  /** Labels of ink that is shared, with the regions that share it. */
  readonly split: ReadonlyMap<number, readonly [number, number]>;
  /** By label: 1 where it lies on a printed line for the most part. */
  readonly lined: Uint8Array;
}

function assign({ components, firstRun, rows, starts, ends }: RunComponents, { map, rowAt }: Owners, onLine: Int32Array): Assigned {
  const n = components.length + 1;
  // The two regions with most ink; a third is possible only for a stroke over three boxes, and it loses.
  const first = new Int32Array(n);
  const firstCount = new Int32Array(n);
  const second = new Int32Array(n);
  const secondCount = new Int32Array(n);
  const print = new Int32Array(n);
  const lined = new Uint8Array(n);
  for (const { label } of components) {
    for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
      const owned = rowAt[rows[run]];
      const end = ends[run];
      for (let from = starts[run], to = from; from < end; from = to) {
        const own = map[owned + from];
        do to++;
        while (to < end && map[owned + to] === own);
        if ((own & TEXT) !== 0) print[label] += to - from;
        const region = own & REGION;
        if (region === 0) continue;
        if (first[label] === region || first[label] === 0) {
          first[label] = region;
          firstCount[label] += to - from;
        } else if (second[label] === region || second[label] === 0) {
          second[label] = region;
          secondCount[label] += to - from;
        }
      }
    }
  }
  const ownerOf = new Int32Array(n);
  const split = new Map<number, readonly [number, number]>();
  for (const { label, area, box } of components) {
    if (area < SPECK_PX || print[label] > PRINT_SHARE * area) continue;
    if (onLine[label] > PRINT_SHARE * area) {
      if (Math.max(box[2], box[3]) < REMNANT_PX) continue;
      lined[label] = 1;
    }
    if (firstCount[label] + secondCount[label] < area / 2) continue;
    const less = Math.min(firstCount[label], secondCount[label]);
    if (less >= SPLIT_PX && less >= SPLIT_SHARE * area) split.set(label, [first[label], second[label]]);
    else ownerOf[label] = firstCount[label] >= secondCount[label] ? first[label] : second[label];
  }
  return { ownerOf, split, lined };
}

interface Parts {
  readonly found: RunComponents;
  readonly labels: readonly number[];
  readonly split: Assigned["split"];
  readonly owner: Owners;
}

function cut({ found, labels, split, owner }: Parts, region: number): IsolatedInk | null {
  const { components, firstRun, rows, starts, ends } = found;
  const boxes = labels.map((label) => (split.has(label) ? ownBox(found, { label, owner, region }) : components[label - 1].box));
  const seen = boxes.filter((box) => box !== null);
  if (seen.length === 0) return null;
  const x0 = Math.min(...seen.map((box) => box[0]));
  const y0 = Math.min(...seen.map((box) => box[1]));
  const w = Math.max(...seen.map((box) => box[0] + box[2])) - x0;
  const h = Math.max(...seen.map((box) => box[1] + box[3])) - y0;
  const data = new Uint8Array(w * h);
  for (const label of labels) {
    const shared = split.has(label);
    for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
      const row = (rows[run] - y0) * w - x0;
      if (!shared) data.fill(1, row + starts[run], row + ends[run]);
      else for (let x = starts[run]; x < ends[run]; x++) if ((owner.map[owner.rowAt[rows[run]] + x] & REGION) === region) data[row + x] = 1;
    }
  }
  return { image: { width: w, height: h, data }, bounds: [x0, y0, w, h] };
}

/** The box of a shared component's px within `region`; null where there are none. */
function ownBox(
  { firstRun, rows, starts, ends }: RunComponents,
  { label, owner, region }: { label: number; owner: Owners; region: number },
): Box | null {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, -1, -1, -1];
  for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
    for (let x = starts[run]; x < ends[run]; x++) {
      if ((owner.map[owner.rowAt[rows[run]] + x] & REGION) !== region) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (top < 0) top = rows[run];
      bottom = rows[run];
    }
  }
  return right < 0 ? null : [left, top, right - left + 1, bottom - top + 1];
}
