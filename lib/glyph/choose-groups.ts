/** Atoms `from` to `to` (exclusive) are one character. */
export interface Group {
  readonly from: number;
  readonly to: number;
}

export interface GroupCosts {
  readonly atoms: number;
  readonly maxLength: number;
  /** Cost of taking atoms from..to-1 as the character at `position` of the prompt; `position` is null where the prompt does not apply. Infinity: never. */
  readonly ofGroup: (from: number, to: number, position: number | null) => number;
  /** Cost of leaving an atom out as a stray mark. */
  readonly ofSkip: (atom: number) => number;
}

export interface Choice {
  readonly groups: readonly Group[];
  readonly cost: number;
}

/**
 * The cheapest way to part the atoms into groups, for each number of groups from 0 to `maxCount` (dynamic programming: atoms x
 * groups x group length). With `prompted` the groups stand for the prompt's positions one by one.
 * @returns index = number of groups; null where that number is impossible
 */
export function chooseGroups(costs: GroupCosts, maxCount: number, prompted: boolean): (Choice | null)[] {
  const { atoms } = costs;
  const size = atoms + 1;
  const best = new Float64Array((maxCount + 1) * size).fill(Number.POSITIVE_INFINITY);
  const back = new Int16Array((maxCount + 1) * size);
  best[0] = 0;
  for (let end = 0; end <= atoms; end++) {
    for (let count = 0; count <= maxCount; count++) {
      const here = count * size + end;
      if (end > 0) {
        const skipped = best[here - 1] + costs.ofSkip(end - 1);
        if (skipped < best[here]) {
          best[here] = skipped;
          back[here] = -1;
        }
      }
      if (count === 0) continue;
      for (let from = Math.max(0, end - costs.maxLength); from < end; from++) {
        const before = best[here - size - (end - from)];
        if (before === Number.POSITIVE_INFINITY) continue;
        const cost = before + costs.ofGroup(from, end, prompted ? count - 1 : null);
        if (cost < best[here]) {
          best[here] = cost;
          back[here] = from;
        }
      }
    }
  }
  return Array.from({ length: maxCount + 1 }, (_, count) => {
    const cost = best[count * size + atoms];
    return cost === Number.POSITIVE_INFINITY ? null : { cost, groups: trace(back, count, size) };
  });
}

function trace(back: Int16Array, count: number, size: number): Group[] {
  const groups: Group[] = [];
  let end = size - 1;
  while (end > 0) {
    const from = back[count * size + end];
    if (from < 0) end--;
    else {
      groups.unshift({ from, to: end });
      end = from;
      count--;
    }
  }
  return groups;
}
