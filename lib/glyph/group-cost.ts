import type { Atom, Atoms } from "./build-atoms.ts";

/** Weights of the shape's share, by kind of writing; costs are in nats, as the classifier's are. */
export interface ShapeWeights {
  /** Widest usual character over the usual height. */
  readonly wide: number;
  /** For each height beyond it, and for its square. */
  readonly widthLinear: number;
  readonly widthSquare: number;
  /** For making one character of separate components: each, and for each stroke width between them. */
  readonly join: number;
  readonly joinGap: number;
  /** For each usual height that both pieces of a side-by-side join are taller than half of it. */
  readonly joinTall: number;
  /** For a used cut: each, for each stroke width of ink cut through, for each stroke beyond the first. */
  readonly cut: number;
  readonly cutInk: number;
  readonly cutStroke: number;
}

/** With a classifier the shape only breaks ties; without one it decides. */
export const DIGIT_WEIGHTS: ShapeWeights = {
  wide: 1.15,
  widthLinear: 2,
  widthSquare: 12,
  join: 0.25,
  joinGap: 0.5,
  joinTall: 5,
  cut: 1.2,
  cutInk: 0.5,
  cutStroke: 1.5,
};
export const LETTER_WEIGHTS: ShapeWeights = {
  wide: 1.45,
  widthLinear: 1,
  widthSquare: 4,
  join: 0.35,
  joinGap: 1.6,
  joinTall: 0,
  cut: 2,
  cutInk: 0.9,
  cutStroke: 1,
};

/** How unlike one character the atoms from..to-1 are by their shape alone: 0 for an isolated component of usual size. */
export function groupCost(all: Atoms, from: number, to: number, weights: ShapeWeights): number {
  const { heightPx } = all;
  const members = all.atoms.slice(from, to);
  const left = Math.min(...members.map(({ box }) => box[0]));
  const right = Math.max(...members.map(({ box }) => box[0] + box[2]));
  const top = Math.min(...members.map(({ box }) => box[1]));
  const bottom = Math.max(...members.map(({ box }) => box[1] + box[3]));
  const width = (right - left) / heightPx;
  const height = (bottom - top) / heightPx;

  let cost = 0;
  if (width > weights.wide) cost += weights.widthSquare * (width - weights.wide) ** 2 + weights.widthLinear * (width - weights.wide);
  if (height < 0.55) cost += 7 * (0.55 - height);
  if (height > 1.7) cost += 3 * (height - 1.7);
  cost += joinCost(members, all, weights);
  for (let i = from; i < to; i++) cost += sideCost(all, i, { from, to }, weights);
  return cost;
}

interface Part {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Separate components of one character lie over each other or close together. */
function joinCost(members: readonly Atom[], { strokePx, heightPx }: Atoms, weights: ShapeWeights): number {
  const parts = new Map<number, Part>();
  for (const { component, box } of members) {
    const known = parts.get(component);
    const [left, top, width, height] = box;
    if (known === undefined) parts.set(component, { left, right: left + width, top, bottom: top + height });
    else
      parts.set(component, {
        left: Math.min(known.left, left),
        right: Math.max(known.right, left + width),
        top: Math.min(known.top, top),
        bottom: Math.max(known.bottom, top + height),
      });
  }
  const ordered = [...parts.values()].sort((a, b) => a.left - b.left);
  let cost = 0;
  let reach = ordered[0].right;
  let tallest = ordered[0].bottom - ordered[0].top;
  for (const { left, right, top, bottom } of ordered.slice(1)) {
    const overlap = (reach - left) / Math.min(right - left, reach - ordered[0].left);
    // Half covered: a dot over its i, a bar over its 5.
    cost += overlap >= 0.5 ? 0.2 * weights.join : weights.join;
    if (left > reach) cost += (weights.joinGap * (left - reach)) / strokePx;
    // Two tall pieces side by side are two characters, rather than a broken one.
    if (overlap < 0.5) cost += weights.joinTall * Math.max(0, Math.min(tallest, bottom - top) / heightPx - 0.5);
    reach = Math.max(reach, right);
    tallest = Math.max(tallest, bottom - top);
  }
  return cost;
}

/** Half of each cut's cost falls to either side, where the next slice of the same component is in another group. */
function sideCost(all: Atoms, index: number, group: { from: number; to: number }, weights: ShapeWeights): number {
  const atom = all.atoms[index];
  let cost = 0;
  for (const [cut, step] of [
    [atom.cutBefore, -1],
    [atom.cutAfter, 1],
  ] as const) {
    if (cut === null) continue;
    let next = index + step;
    while (next >= 0 && next < all.atoms.length && all.atoms[next].component !== atom.component) next += step;
    if (next < group.from || next >= group.to)
      cost += 0.5 * (weights.cut + (weights.cutInk * cut.crossed) / all.strokePx + weights.cutStroke * Math.max(0, cut.strokes - 1));
  }
  return cost;
}
