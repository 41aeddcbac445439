import type { Boundary, Lattice } from "./build-lattice.ts";
import { type Choice, GroupChooser } from "./choose-groups.ts";
import type { Cut } from "./find-cuts.ts";
import { listSkips } from "./list-skips.ts";
import { listOpenSteps, lookAtSteps, type OpenStep } from "./open-steps.ts";
import type { SegmentOptions } from "./segment-options.ts";

/** A lattice with the cheapest choice of groups in it. */
export interface Found {
  readonly lattice: Lattice;
  readonly choice: Choice;
  readonly steps: readonly OpenStep[];
}

export interface SearchGroupsOptions {
  /** What a character more or less than the prompt's costs, nats. */
  readonly ofEdit: number;
  /** A search with the same options in the same lattice, or in the one that was cut further: what it looked at need not be looked at again. */
  readonly earlier?: Found | null;
}

/**
 * The cheapest choice of groups. A group's cost is known from below before its ink is looked at; so the cheapest choice by these bounds is looked at, and chosen anew, until
 * all groups of the cheapest choice have been looked at: then no other can be cheaper, as all that are left open cost more still.
 * @returns null where there is no ink, or no grouping has a finite cost
 */
export function searchGroups(lattice: Lattice, options: SegmentOptions, { ofEdit, earlier = null }: SearchGroupsOptions): Found | null {
  if (lattice.pieces.length === 0) return null;
  const steps = withLooks(lattice, listOpenSteps(lattice, options), earlier);
  const placeOf = new Map(steps.map(({ from, to }, i) => [`${from} ${to}`, i]));
  const chooser = new GroupChooser({
    boundaries: lattice.boundaries.length,
    steps,
    skips: listSkips(lattice),
    positions: options.expectedCount,
    ofEdit,
  });
  for (;;) {
    const choice = chooser.choose();
    if (choice === null) return null;
    const open = choice.groups.map(({ from, to }) => placeOf.get(`${from} ${to}`)!).filter((place) => !steps[place].looked);
    if (open.length === 0) return { lattice, choice, steps };
    const looked = lookAtSteps(
      lattice,
      options,
      open.map((place) => steps[place]),
    );
    for (const [i, place] of open.entries()) {
      steps[place] = looked[i];
      chooser.change(place, looked[i].costAt);
    }
  }
}

/** The steps, those that an earlier search has looked at as it saw them: the ink between the same two cuts. */
function withLooks({ boundaries }: Lattice, steps: OpenStep[], earlier: Found | null): OpenStep[] {
  if (earlier === null) return steps;
  const names = new Map<Cut, number>();
  const nameOf = ({ piece, cut }: Boundary): string => {
    if (cut === null) return `${piece}`;
    if (!names.has(cut)) names.set(cut, names.size);
    return `${piece}.${names.get(cut)}`;
  };
  const before = earlier.lattice.boundaries.map(nameOf);
  const now = boundaries.map(nameOf);
  const looked = new Map(earlier.steps.filter((step) => step.looked).map((step) => [`${before[step.from]} ${before[step.to]}`, step]));
  return steps.map((step) => {
    const known = looked.get(`${now[step.from]} ${now[step.to]}`);
    return known === undefined ? step : { ...known, from: step.from, to: step.to, parts: step.parts };
  });
}
