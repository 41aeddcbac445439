import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { chooseGroups, GroupChooser, type GroupCosts, type Step } from "../../../lib/glyph/choose-groups.ts";

const BOUNDARIES = 5;
const POSITIONS = 3;

function drawCosts(rng: Rng): { costs: GroupCosts; steps: Step[] } {
  const steps: Step[] = [];
  for (let from = 0; from < BOUNDARIES; from++)
    for (let to = from + 1; to < BOUNDARIES; to++) if (rng.float() < 0.8) steps.push({ from, to, costAt: drawCost(rng) });
  const skips = [1, 3].map((from) => ({ from, to: from + 1, cost: rng.between(0, 4) }));
  return { costs: { boundaries: BOUNDARIES, steps, skips, positions: POSITIONS, ofEdit: rng.between(0.5, 3) }, steps };
}

function drawCost(rng: Rng): Step["costAt"] {
  const own = Array.from({ length: POSITIONS + 1 }, () => (rng.float() < 0.1 ? Number.POSITIVE_INFINITY : rng.between(0, 4)));
  return (position) => own[position ?? POSITIONS];
}

/** Every way there is, one after the other. */
function cheapest({ steps, skips, positions, ofEdit }: GroupCosts, at = 0, position = 0): number {
  let best = at === BOUNDARIES - 1 && position === positions ? 0 : Number.POSITIVE_INFINITY;
  if (position < positions) best = Math.min(best, ofEdit + cheapest({ boundaries: 0, steps, skips, positions, ofEdit }, at, position + 1));
  const rest = (to: number, next: number): number => cheapest({ boundaries: 0, steps, skips, positions, ofEdit }, to, next);
  for (const { from, to, cost } of skips) if (from === at) best = Math.min(best, cost + rest(to, position));
  for (const { from, to, costAt } of steps) {
    if (from !== at) continue;
    if (position < positions) best = Math.min(best, costAt(position) + rest(to, position + 1));
    best = Math.min(best, ofEdit + costAt(null) + rest(to, position));
  }
  return best;
}

describe("chooseGroups", () => {
  it("finds the cheapest of all ways", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { costs } = drawCosts(new Rng(seed));
        const expected = cheapest(costs);
        const found = chooseGroups(costs);
        if (expected === Number.POSITIVE_INFINITY) expect(found).toBeNull();
        else expect(found?.cost).toBeCloseTo(expected, 9);
      }),
      { numRuns: 100 },
    );
  });

  it("finds after each change what it finds from the start", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const rng = new Rng(seed);
        const { costs, steps } = drawCosts(rng);
        const chooser = new GroupChooser(costs);
        for (let round = 0; round < 6; round++) {
          expect(chooser.choose()).toEqual(chooseGroups(costs));
          const changed = rng.int(steps.length);
          steps[changed] = { ...steps[changed], costAt: drawCost(rng) };
          chooser.change(changed, steps[changed].costAt);
        }
      }),
      { numRuns: 50 },
    );
  });
});
