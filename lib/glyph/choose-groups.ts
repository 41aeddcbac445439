/** The ink between boundaries `from` and `to` is one character, `position` is the prompt's that it stands for (null: an added one). */
export interface Group {
  readonly from: number;
  readonly to: number;
  readonly position: number | null;
}

/** One way to go on from a boundary: the ink up to the next is a character. */
export interface Step {
  readonly from: number;
  readonly to: number;
  /** Cost of taking it as the character at a position of the prompt; null: as an added one. Infinity: never. */
  readonly costAt: (position: number | null) => number;
}

export interface GroupCosts {
  readonly boundaries: number;
  /** All groups that may be. */
  readonly steps: readonly Step[];
  /** Stray marks: the ink from one boundary to another may be left out at this cost. */
  readonly skips: readonly { readonly from: number; readonly to: number; readonly cost: number }[];
  /** How many characters the prompt has. */
  readonly positions: number;
  /** Cost of a character that the writer added to the prompt or left out of it, beside the group's own. */
  readonly ofEdit: number;
}

export interface Choice {
  readonly groups: readonly Group[];
  readonly cost: number;
}

/**
 * The cheapest way from the first boundary to the last, laid along the prompt: an alignment as in edit distance (dynamic
 * programming: boundaries x positions), in which a group stands for the next position, is an addition, or a position stays empty.
 * @returns null where no grouping has a finite cost
 */
export function chooseGroups(costs: GroupCosts): Choice | null {
  const { boundaries, positions, ofEdit } = costs;
  const size = positions + 1;
  const best = new Float64Array(boundaries * size).fill(Number.POSITIVE_INFINITY);
  /** Where a state came from; -1: the same boundary, a position left out. */
  const fromBoundary = new Int32Array(best.length).fill(-1);
  const move = new Uint8Array(best.length);
  const into = Array.from({ length: boundaries }, (): { steps: Step[]; skips: { from: number; cost: number }[] } => ({
    steps: [],
    skips: [],
  }));
  for (const step of costs.steps) into[step.to].steps.push(step);
  for (const skip of costs.skips) into[skip.to].skips.push(skip);
  best[0] = 0;
  for (let end = 0; end < boundaries; end++) {
    for (let position = 0; position <= positions; position++) {
      const here = end * size + position;
      const take = (cost: number, from: number, how: number): void => {
        if (cost < best[here]) {
          best[here] = cost;
          fromBoundary[here] = from;
          move[here] = how;
        }
      };
      if (position > 0) take(best[here - 1] + ofEdit, end, LEFT_OUT);
      for (const { from, cost } of into[end].skips) take(best[from * size + position] + cost, from, SKIPPED);
      for (const { from, costAt } of into[end].steps) {
        const before = from * size + position;
        if (position > 0 && best[before - 1] < best[here]) take(best[before - 1] + costAt(position - 1), from, NEXT);
        if (best[before] + ofEdit < best[here]) take(best[before] + ofEdit + costAt(null), from, ADDED);
      }
    }
  }
  const cost = best[best.length - 1];
  return cost === Number.POSITIVE_INFINITY ? null : { cost, groups: trace(fromBoundary, move, { boundaries, positions }) };
}

const LEFT_OUT = 1;
const SKIPPED = 2;
const NEXT = 3;
const ADDED = 4;

function trace(fromBoundary: Int32Array, move: Uint8Array, size: { boundaries: number; positions: number }): Group[] {
  const groups: Group[] = [];
  let end = size.boundaries - 1;
  let position = size.positions;
  while (end > 0 || position > 0) {
    const here = end * (size.positions + 1) + position;
    const how = move[here];
    const from = fromBoundary[here];
    if (how === NEXT || how === ADDED) groups.unshift({ from, to: end, position: how === NEXT ? position - 1 : null });
    if (how === NEXT || how === LEFT_OUT) position--;
    end = from;
  }
  return groups;
}
