import type { Box } from "../core/geometry.ts";
import { findComponents } from "../image/connected-components.ts";
import { crop } from "../image/crop.ts";
import type { BinaryImage } from "../image/images.ts";
import type { Component } from "../image/run-components.ts";
import { findStrokeWidth } from "../image/stroke-width.ts";
import { type Cut, findCuts } from "./find-cuts.ts";

/** A field without a run to measure: a ball pen's width at 300 dpi. */
const NO_STROKE_PX = 7;

/** The smallest piece that the search handles: a component, or a slice of one between two proposed cuts. */
export interface Atom {
  readonly component: number;
  readonly box: Box;
  readonly area: number;
  /** The cut that parts it from the slice before it and after it; null at the component's own ends. */
  readonly cutBefore: Cut | null;
  readonly cutAfter: Cut | null;
}

export interface Atoms {
  /** Left to right by their centres. */
  readonly atoms: readonly Atom[];
  /** For each px of the field 1 + the index of its atom, 0 where there is none. */
  readonly owners: Int32Array;
  /** Usual stroke width and character height in px. */
  readonly strokePx: number;
  readonly heightPx: number;
}

export interface BuildAtomsOptions {
  /** Components wider than this many times the characters' height are sliced. */
  readonly sliceAbove: number;
}

/** Splits a field's ink into atoms. Specks (less than half of a pen's dot) are left out. */
export function buildAtoms(ink: BinaryImage, options: BuildAtomsOptions): Atoms {
  const { labels, components } = findComponents(ink);
  const strokePx = findStrokeWidth(ink) ?? NO_STROKE_PX;
  const speck = Math.max(14, 0.5 * strokePx * strokePx);
  const kept = components.filter((component) => component.area >= speck);
  const heightPx = usualHeight(kept, strokePx);
  const owners = new Int32Array(labels.length);
  const atoms: Atom[] = [];
  for (const component of kept) {
    const slices = sliceComponent(ink, labels, component, { strokePx, heightPx, sliceAbove: options.sliceAbove });
    for (const slice of slices) {
      atoms.push(slice.atom);
      for (const px of slice.pixels) owners[px] = atoms.length;
    }
  }
  const order = atoms.map((_, i) => i).sort((a, b) => centre(atoms[a]) - centre(atoms[b]));
  const rank = new Int32Array(atoms.length + 1);
  order.forEach((index, position) => {
    rank[index + 1] = position + 1;
  });
  for (let i = 0; i < owners.length; i++) owners[i] = rank[owners[i]];
  return { atoms: order.map((index) => atoms[index]), owners, strokePx, heightPx };
}

function centre({ box }: Atom): number {
  return box[0] + box[2] / 2;
}

/** Median height of what is high enough to be a character; 40 px (3.4 mm at 300 dpi) where there is none. */
function usualHeight(components: readonly Component[], strokePx: number): number {
  const heights = components.map(({ box }) => box[3]).filter((height) => height >= 2.5 * strokePx && height >= 14);
  heights.sort((a, b) => a - b);
  return heights.length > 0 ? heights[heights.length >> 1] : 40;
}

interface Slice {
  readonly atom: Atom;
  readonly pixels: number[];
}

function sliceComponent(
  ink: BinaryImage,
  labels: Int32Array,
  component: Component,
  scale: { strokePx: number; heightPx: number; sliceAbove: number },
): Slice[] {
  const [left, top, width, height] = component.box;
  const mask = crop(ink, component.box);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (labels[(top + y) * ink.width + left + x] !== component.label) mask.data[y * width + x] = 0;
    }
  }
  const wide = width > scale.sliceAbove * scale.heightPx && height > 1.5 * scale.strokePx;
  const maxCuts = Math.min(8, 1 + Math.ceil(width / (0.45 * scale.heightPx)));
  const cuts: Cut[] = wide ? findCuts(mask, { strokePx: scale.strokePx, maxCuts }) : [];
  const pixels: number[][] = Array.from({ length: cuts.length + 1 }, () => []);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask.data[y * width + x] === 0) continue;
      let slice = 0;
      while (slice < cuts.length && x >= cuts[slice].path[y]) slice++;
      pixels[slice].push((top + y) * ink.width + left + x);
    }
  }
  return pixels.flatMap((list, i) =>
    list.length === 0
      ? []
      : [
          {
            pixels: list,
            atom: {
              component: component.label,
              box: boxOf(list, ink.width),
              area: list.length,
              cutBefore: i > 0 ? cuts[i - 1] : null,
              cutAfter: i < cuts.length ? cuts[i] : null,
            },
          },
        ],
  );
}

function boxOf(pixels: readonly number[], width: number): Box {
  let left = width;
  let right = 0;
  for (const px of pixels) {
    left = Math.min(left, px % width);
    right = Math.max(right, px % width);
  }
  const top = Math.floor(pixels[0] / width);
  const bottom = Math.floor(pixels[pixels.length - 1] / width);
  return [left, top, right - left + 1, bottom - top + 1];
}
