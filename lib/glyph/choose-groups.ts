/** Atoms `from` to `to` (exclusive) are one character, `position` is the prompt's that it stands for (null: an added one). */
export interface Group {
  readonly from: number;
  readonly to: number;
  readonly position: number | null;
}

export interface GroupCosts {
  readonly atoms: number;
  readonly maxLength: number;
  /** How many characters the prompt has. */
  readonly positions: number;
  /** Cost of taking atoms from..to-1 as the character at `position` of the prompt; null: as an added one. Infinity: never. */
  readonly ofGroup: (from: number, to: number, position: number | null) => number;
  /** Cost of leaving an atom out as a stray mark. */
  readonly ofSkip: (atom: number) => number;
  /** Cost of a character that the writer added to the prompt or left out of it, beside the group's own. */
  readonly ofEdit: number;
}

export interface Choice {
  readonly groups: readonly Group[];
  readonly cost: number;
}

/**
 * The cheapest way to part the atoms into groups and to lay these along the prompt: an alignment as in edit distance (dynamic
 * programming: atoms x positions x group length), in which a group stands for the next position, is an addition, or a position
 * stays empty.
 * @returns null where no grouping has a finite cost
 */
export function chooseGroups(costs: GroupCosts): Choice | null {
  const { atoms, positions } = costs;
  const size = positions + 1;
  const best = new Float64Array((atoms + 1) * size).fill(Number.POSITIVE_INFINITY);
  // Where a state came from: the atom it started at, times 2, plus 1 where the position moved on.
  const back = new Int32Array(best.length).fill(-1);
  best[0] = 0;
  for (let end = 0; end <= atoms; end++) {
    for (let position = 0; position <= positions; position++) {
      const here = end * size + position;
      const take = (cost: number, from: number, moved: 0 | 1): void => {
        if (cost < best[here]) {
          best[here] = cost;
          back[here] = 2 * from + moved;
        }
      };
      if (position > 0) take(best[here - 1] + costs.ofEdit, end, 1);
      if (end > 0) take(best[here - size] + costs.ofSkip(end - 1), -1, 0);
      for (let from = Math.max(0, end - costs.maxLength); from < end; from++) {
        const before = from * size + position;
        if (position > 0 && best[before - 1] < best[here]) take(best[before - 1] + costs.ofGroup(from, end, position - 1), from, 1);
        if (best[before] + costs.ofEdit < best[here]) take(best[before] + costs.ofEdit + costs.ofGroup(from, end, null), from, 0);
      }
    }
  }
  const cost = best[best.length - 1];
  return cost === Number.POSITIVE_INFINITY ? null : { cost, groups: trace(back, atoms, positions) };
}

function trace(back: Int32Array, atoms: number, positions: number): Group[] {
  const groups: Group[] = [];
  let end = atoms;
  let position = positions;
  while (end > 0 || position > 0) {
    const code = back[end * (positions + 1) + position];
    const moved = code & 1;
    const from = code >> 1;
    if (from < 0) end--;
    else if (from === end) position--;
    else {
      groups.unshift({ from, to: end, position: moved === 1 ? position - 1 : null });
      end = from;
      position -= moved;
    }
  }
  return groups;
}
