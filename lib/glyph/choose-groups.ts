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
  return new GroupChooser(costs).choose();
}

const LEFT_OUT = 1;
const SKIPPED = 2;
const NEXT = 3;
const ADDED = 4;

/** `chooseGroups` again and again while costs change: only what lies behind the first change is reckoned anew. */
export class GroupChooser {
  private readonly costs: GroupCosts;
  /** Positions and the end. */
  private readonly size: number;
  /** By boundary the steps and skips that end there. */
  private readonly into: readonly { readonly steps: number[]; readonly skips: { readonly from: number; readonly cost: number }[] }[];
  /** For each step its cost at each position; last, as an added one. */
  private readonly stepCosts: Float64Array;
  private readonly best: Float64Array;
  /** Where a state came from; where a position was left out, the same boundary. */
  private readonly fromBoundary: Int32Array;
  private readonly move: Uint8Array;
  private changedFrom = 0;

  constructor(costs: GroupCosts) {
    const { boundaries, positions, steps, skips } = costs;
    this.costs = costs;
    this.size = positions + 1;
    this.into = Array.from({ length: boundaries }, () => ({ steps: [], skips: [] }));
    this.stepCosts = new Float64Array(steps.length * this.size);
    for (const [i, step] of steps.entries()) {
      this.into[step.to].steps.push(i);
      this.change(i, step.costAt);
    }
    for (const skip of skips) this.into[skip.to].skips.push(skip);
    this.best = new Float64Array(boundaries * this.size).fill(Number.POSITIVE_INFINITY);
    this.fromBoundary = new Int32Array(this.best.length);
    this.move = new Uint8Array(this.best.length);
    this.changedFrom = 0;
  }

  /** @param index the step's among `GroupCosts.steps` */
  change(index: number, costAt: Step["costAt"]): void {
    const { positions, steps } = this.costs;
    const row = index * this.size;
    for (let position = 0; position < positions; position++) this.stepCosts[row + position] = costAt(position);
    this.stepCosts[row + positions] = costAt(null);
    this.changedFrom = Math.min(this.changedFrom, steps[index].to);
  }

  choose(): Choice | null {
    const { boundaries, positions } = this.costs;
    for (let end = this.changedFrom; end < boundaries; end++) this.reach(end);
    this.changedFrom = boundaries;
    const cost = this.best[this.best.length - 1];
    return cost === Number.POSITIVE_INFINITY ? null : { cost, groups: trace(this.fromBoundary, this.move, { boundaries, positions }) };
  }

  /** The cheapest ways to one boundary, at every position. */
  private reach(end: number): void {
    const { best, fromBoundary, move, size, stepCosts } = this;
    const { ofEdit, positions, steps } = this.costs;
    const here = end * size;
    best.fill(Number.POSITIVE_INFINITY, here, here + size);
    if (end === 0) best[0] = 0;
    for (const { from, cost } of this.into[end].skips) {
      for (let p = 0; p < size; p++) {
        const sum = best[from * size + p] + cost;
        if (sum < best[here + p]) {
          best[here + p] = sum;
          fromBoundary[here + p] = from;
          move[here + p] = SKIPPED;
        }
      }
    }
    for (const i of this.into[end].steps) {
      const from = steps[i].from;
      const row = i * size;
      const before = from * size;
      const added = stepCosts[row + positions] + ofEdit;
      for (let p = 0; p < size; p++) {
        const next = p === 0 ? Number.POSITIVE_INFINITY : best[before + p - 1] + stepCosts[row + p - 1];
        const more = best[before + p] + added;
        const least = Math.min(next, more);
        if (least < best[here + p]) {
          best[here + p] = least;
          fromBoundary[here + p] = from;
          move[here + p] = next <= more ? NEXT : ADDED;
        }
      }
    }
    for (let p = 1; p < size; p++) {
      const leftOut = best[here + p - 1] + ofEdit;
      if (leftOut <= best[here + p] && leftOut < Number.POSITIVE_INFINITY) {
        best[here + p] = leftOut;
        fromBoundary[here + p] = end;
        move[here + p] = LEFT_OUT;
      }
    }
  }
}

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
