import type { Box } from "../core/geometry.ts";
import { type Components, findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";
import type { Region } from "./field-regions.ts";
import type { FormRemoved } from "./form-removal.ts";

/** A region's ink, tight, and where it lies in the rectified page. */
export interface IsolatedInk {
  readonly image: BinaryImage;
  readonly bounds: Box;
}

/** Smaller than the dot of an i from the finest pen: 0.3 mm, 3.5 px. */
const SPECK_PX = 10;
/** A component at least this much on printed text, or on a line's band, is print. */
const PRINT_SHARE = 0.6;
/** A piece on a line's band that is shorter than this (1 mm) is what is left of the line; a longer one is a stroke that lies on it. */
const REMNANT_PX = 12;
/** Ink in two regions is cut between them only where each has a substantial part: else the whole goes to the larger. */
const SPLIT_SHARE = 0.3;
const SPLIT_PX = 100;

/**
 * Gives each region the ink that is its own: every connected piece goes as a whole to the region that holds most of it, so that
 * ink that leaves its box is kept and a neighbour's is not. Printed text, remnants of lines and specks are left out.
 * @param texts where printed text stands, in px of the page; ink mostly inside is print
 * @returns for each region its ink, or null where it is blank.
 */
export function isolateBoxes({ ink, band }: FormRemoved, regions: readonly Region[], texts: readonly Box[]): (IsolatedInk | null)[] {
  const owner = paint(
    ink,
    regions.map((region) => region.territory),
  );
  const text = paint(ink, texts);
  const found = findComponents(ink);
  const { ownerOf, split } = assign(found, { owner, text, band });

  const members: number[][] = regions.map(() => []);
  for (const { label } of found.components) {
    if (split.has(label)) for (const part of split.get(label) ?? []) members[part - 1].push(label);
    else if (ownerOf[label] > 0) members[ownerOf[label] - 1].push(label);
  }
  return members.map((labels, i) => cut({ found, labels, split, owner, width: ink.width }, i + 1));
}

/** 1-based index of the rectangle over each px, 0 for none. */
function paint({ width, height }: BinaryImage, boxes: readonly Box[]): Uint16Array {
  const map = new Uint16Array(width * height);
  boxes.forEach(([x, y, w, h], i) => {
    const left = Math.max(0, Math.floor(x));
    const right = Math.min(width, Math.ceil(x + w));
    for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, Math.ceil(y + h)); row++) {
      if (right > left) map.fill(i + 1, row * width + left, row * width + right);
    }
  });
  return map;
}

interface Assigned {
  /** By label: 1-based region, 0 for none. */
  readonly ownerOf: Int32Array;
  /** Labels of ink that is shared, with the regions that share it. */
  readonly split: ReadonlyMap<number, readonly [number, number]>;
}

function assign({ labels, components }: Components, maps: { owner: Uint16Array; text: Uint16Array; band: Uint8Array }): Assigned {
  const { owner, text, band } = maps;
  const n = components.length + 1;
  // The two regions with most ink; a third is possible only for a stroke over three boxes, and it loses.
  const first = new Int32Array(n);
  const firstCount = new Int32Array(n);
  const second = new Int32Array(n);
  const secondCount = new Int32Array(n);
  const print = new Int32Array(n);
  const lined = new Int32Array(n);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label === 0) continue;
    if (text[i] !== 0) print[label]++;
    if (band[i] !== 0) lined[label]++;
    const region = owner[i];
    if (region === 0) continue;
    if (first[label] === region || first[label] === 0) {
      first[label] = region;
      firstCount[label]++;
    } else if (second[label] === region || second[label] === 0) {
      second[label] = region;
      secondCount[label]++;
    }
  }
  const ownerOf = new Int32Array(n);
  const split = new Map<number, readonly [number, number]>();
  for (const { label, area, box } of components) {
    if (area < SPECK_PX || print[label] > PRINT_SHARE * area) continue;
    if (lined[label] > PRINT_SHARE * area && Math.max(box[2], box[3]) < REMNANT_PX) continue;
    if (firstCount[label] + secondCount[label] < area / 2) continue;
    const less = Math.min(firstCount[label], secondCount[label]);
    if (less >= SPLIT_PX && less >= SPLIT_SHARE * area) split.set(label, [first[label], second[label]]);
    else ownerOf[label] = firstCount[label] >= secondCount[label] ? first[label] : second[label];
  }
  return { ownerOf, split };
}

interface Parts {
  readonly found: Components;
  readonly labels: readonly number[];
  readonly split: Assigned["split"];
  readonly owner: Uint16Array;
  readonly width: number;
}

function cut({ found, labels, split, owner, width }: Parts, region: number): IsolatedInk | null {
  if (labels.length === 0) return null;
  const boxes = labels.map((label) => found.components[label - 1].box);
  const x0 = Math.min(...boxes.map((box) => box[0]));
  const y0 = Math.min(...boxes.map((box) => box[1]));
  const w = Math.max(...boxes.map((box) => box[0] + box[2])) - x0;
  const h = Math.max(...boxes.map((box) => box[1] + box[3])) - y0;
  const own = new Set(labels);
  const data = new Uint8Array(w * h);
  let [left, right, top, bottom] = [w, -1, h, -1];
  for (let y = 0; y < h; y++) {
    for (let x = 0, at = (y0 + y) * width + x0; x < w; x++, at++) {
      const label = found.labels[at];
      if (label === 0 || !own.has(label) || (split.has(label) && owner[at] !== region)) continue;
      data[y * w + x] = 1;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return null;
  const size = { width: right - left + 1, height: bottom - top + 1 };
  const tight = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) tight.set(data.subarray((top + y) * w + left, (top + y) * w + right + 1), y * size.width);
  return { image: { ...size, data: tight }, bounds: [x0 + left, y0 + top, size.width, size.height] };
}
