import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { buildLattice, cutFurther } from "../../../lib/glyph/build-lattice.ts";
import { chooseGroups } from "../../../lib/glyph/choose-groups.ts";
import { listSkips } from "../../../lib/glyph/list-skips.ts";
import { listOpenSteps, lookAtSteps } from "../../../lib/glyph/open-steps.ts";
import { searchGroups } from "../../../lib/glyph/search-groups.ts";
import { SLICE_ABOVE } from "../../../lib/glyph/segment-field.ts";
import type { GlyphClassifier } from "../../../lib/glyph/segment-options.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";

/** Opinions that follow from the image alone and mean nothing. */
const CLASSIFIER: GlyphClassifier = {
  classes: ["0", "1", "2"],
  predict(images, n) {
    const p = new Float32Array(3 * n);
    for (let k = 0; k < n; k++) {
      const rng = new Rng(images.subarray(784 * k, 784 * k + 784).reduce((sum, v, i) => (sum * 31 + v * (i + 1)) >>> 0, 7));
      const own = [rng.float(), rng.float(), rng.float()].map((x) => x ** 6);
      const sum = own[0] + own[1] + own[2];
      for (let c = 0; c < 3; c++) p[3 * k + c] = own[c] / sum;
    }
    return p;
  },
};

/** Blots of 6 px strokes, some of which touch. */
function scribble(rng: Rng): BinaryImage {
  const image = { width: 170, height: 70, data: new Uint8Array(170 * 70) };
  for (let s = 0; s < 5; s++) {
    let [x, y] = [12 + 30 * s + rng.between(-6, 6), rng.between(10, 30)];
    let angle = rng.between(0, 6.3);
    for (let step = 0; step < 90; step++) {
      angle += rng.between(-0.4, 0.4);
      x = Math.min(160, Math.max(4, x + Math.cos(angle)));
      y = Math.min(60, Math.max(4, y + Math.sin(angle)));
      for (let dy = -3; dy < 3; dy++)
        image.data.fill(1, Math.round(y + dy) * 170 + Math.round(x) - 3, Math.round(y + dy) * 170 + Math.round(x) + 3);
    }
  }
  return image;
}

describe("looking only at groups that the search asks for", () => {
  it("rests on bounds that are never above the real cost", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (seed, reads) => {
        const ink = scribble(new Rng(seed));
        const lattice = buildLattice(ink, { sliceAbove: reads ? SLICE_ABOVE[1] : 1.2, manyCuts: reads });
        const options = { expectedCount: 3, prompt: "012", ...(reads && { classifier: CLASSIFIER }) };
        const open = listOpenSteps(lattice, options);
        const looked = lookAtSteps(lattice, options, open);
        for (const [i, step] of open.entries())
          for (const position of [0, 2, null]) expect(step.costAt(position)).toBeLessThanOrEqual(looked[i].costAt(position) + 1e-9);
      }),
      { numRuns: 3 },
    );
  });

  it("finds what looking at all of them finds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const ink = scribble(new Rng(seed));
        const options = { expectedCount: 5, prompt: "01201", classifier: CLASSIFIER };
        const lattice = buildLattice(ink, { sliceAbove: SLICE_ABOVE[1], manyCuts: true });
        const steps = lookAtSteps(lattice, options, listOpenSteps(lattice, options));
        const all = chooseGroups({ boundaries: lattice.boundaries.length, steps, skips: listSkips(lattice), positions: 5, ofEdit: 2.6 });
        expect(searchGroups(lattice, options, { ofEdit: 2.6 })?.choice).toEqual(all);
        // With what was looked at while narrower components were whole.
        const few = buildLattice(ink, { sliceAbove: SLICE_ABOVE[0], manyCuts: true });
        const earlier = searchGroups(few, options, { ofEdit: 1 });
        const further = cutFurther(few, { sliceAbove: SLICE_ABOVE[1], manyCuts: true }, new Set());
        expect(searchGroups(further, options, { ofEdit: 2.6, earlier })?.choice).toEqual(all);
      }),
      // 944703: a component of which leaving it out is cheaper than what the search would pay for it.
      { numRuns: 4, examples: [[944703]] },
    );
  });
});
