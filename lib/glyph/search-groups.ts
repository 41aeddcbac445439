import type { Lattice } from "./build-lattice.ts";
import { type Choice, GroupChooser } from "./choose-groups.ts";
import { listSkips } from "./list-skips.ts";
import { listOpenSteps, lookAtSteps, type OpenStep } from "./open-steps.ts";
import type { SegmentOptions } from "./segment-options.ts";

/** A lattice with the cheapest choice of groups in it. */
export interface Found {
  readonly lattice: Lattice;
  readonly choice: Choice;
  readonly steps: readonly OpenStep[];
}

/**
 * The cheapest choice of groups. A group's cost is known from below before its ink is looked at; so the cheapest choice by these bounds is looked at, and chosen anew, until
 * all groups of the cheapest choice have been looked at: then no other can be cheaper, as all that are left open cost more still.
 * @param ofEdit what a character more or less than the prompt's costs, nats
 * @returns null where there is no ink, or no grouping has a finite cost
 */
export function searchGroups(lattice: Lattice, options: SegmentOptions, ofEdit: number): Found | null {
  if (lattice.pieces.length === 0) return null;
  const steps = listOpenSteps(lattice, options);
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
