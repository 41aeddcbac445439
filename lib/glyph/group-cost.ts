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
  /** For a used cut: each, and for each stroke width of ink cut through. */
  readonly cut: number;
  readonly cutInk: number;
}

/** With a classifier the shape only breaks ties; without one it decides. */
export const DIGIT_WEIGHTS: ShapeWeights = { wide: 1.15, widthLinear: 2, widthSquare: 12, join: 0.25, joinGap: 0.5, cut: 0.5, cutInk: 0.45 };
export const LETTER_WEIGHTS: ShapeWeights = { wide: 1.45, widthLinear: 1, widthSquare: 4, join: 0.35, joinGap: 1.6, cut: 2, cutInk: 0.9 };

/** How unlike one character the atoms from..to-1 are by their shape alone: 0 for an isolated component of usual size. */
export function groupCost(all: Atoms, from: number, to: number, weights: ShapeWeights): number {
  const { strokePx, heightPx } = all;
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
  cost += joinCost(members, strokePx, weights);
  for (let i = from; i < to; i++) cost += sideCost(all, i, { from, to }, weights);
  return cost;
}

/** Separate components of one character lie over each other or close together. */
function joinCost(members: readonly Atom[], strokePx: number, weights: ShapeWeights): number {
  const spans = new Map<number, [number, number]>();
  for (const { component, box } of members) {
    const known = spans.get(component);
    if (known === undefined) spans.set(component, [box[0], box[0] + box[2]]);
    else spans.set(component, [Math.min(known[0], box[0]), Math.max(known[1], box[0] + box[2])]);
  }
  const ordered = [...spans.values()].sort((a, b) => a[0] - b[0]);
  let cost = 0;
  let reach = ordered[0][1];
  for (const [start, end] of ordered.slice(1)) {
    const overlap = (reach - start) / Math.min(end - start, reach - ordered[0][0]);
    // Half covered: a dot over its i, a bar over its 5.
    cost += overlap >= 0.5 ? 0.2 * weights.join : weights.join;
    if (start > reach) cost += (weights.joinGap * (start - reach)) / strokePx;
    reach = Math.max(reach, end);
  }
  return cost;
}

/** Half of each cut's cost falls to either side, where the next slice of the same component is in another group. */
function sideCost(all: Atoms, index: number, group: { from: number; to: number }, weights: ShapeWeights): number {
  const atom = all.atoms[index];
  let cost = 0;
  for (const [crossed, step] of [[atom.cutBefore, -1], [atom.cutAfter, 1]] as const) {
    if (crossed === null) continue;
    let next = index + step;
    while (next >= 0 && next < all.atoms.length && all.atoms[next].component !== atom.component) next += step;
    if (next < group.from || next >= group.to) cost += 0.5 * (weights.cut + (weights.cutInk * crossed) / all.strokePx);
  }
  return cost;
}
