import type { Box } from "../../lib/core/geometry.ts";
import type { Rng } from "../../lib/core/rng.ts";
import { buildLattice } from "../../lib/glyph/build-lattice.ts";
import { drawGroup } from "../../lib/glyph/group-image.ts";
import { normalizeGlyph } from "../../lib/glyph/normalize-glyph.ts";
import { listOpenSteps } from "../../lib/glyph/open-steps.ts";
import { smoothGlyph } from "../../lib/glyph/smooth-glyph.ts";
import { WHOLE_CLASSES } from "../../lib/glyph/whole/measure-whole.ts";
import { sampleView } from "../../lib/glyph/whole/sample-view.ts";
import { cosine, intersectionOverUnion } from "../bench/corpus/score-boxes.ts";
import type { NetExample } from "../support/fit-small-net.ts";
import type { DrawnLine } from "./draw-line.ts";

/** As `scoreBoxes` says which glyph is right; what is nearly so, or hardly, is no example of either. */
const OVERLAP = 0.7;
const RIGHT = 0.95;
const WRONG = 0.92;
/** Groups that overlap no character this well are clearly none; a few of them do. */
const NEAR = 0.4;
const FAR_ONES = 0.04;
const MOST_OF_A_KIND = 16;
const MOST_LOOKS = 64;
/** Steps of a view's values. */
const FINE = 200;
const SLACK_PX = 1 + (0.25 * 300) / 25.4;
/** As of digits: of letters the search leaves out more by their width, and would come upon the same. */
const HOW = { classifier: { classes: [], predict: () => new Float32Array(0) } };

/** Views of groups that the search for cuts may come upon in a line, right ones and wrong ones; labels are places in `WHOLE_CLASSES`. */
export function listExamples({ ink, characters }: DrawnLine, rng: Rng): NetExample[] {
  const lattice = buildLattice(ink, { sliceAbove: 0.4, manyCuts: true });
  const steps = listOpenSteps(lattice, { ...HOW, expectedCount: characters.length });
  const whole = characters.map(({ image }) => smoothGlyph(normalizeGlyph(image)));
  const found: { right: NetExample[]; wrong: NetExample[] } = { right: [], wrong: [] };
  let looks = 0;
  for (const k of rng.shuffle(Uint32Array.from(steps.keys()))) {
    if (looks >= MOST_LOOKS) break;
    const group = drawGroup(lattice, steps[k]!.parts);
    if (group === null) continue;
    const bounds: Box = [group.x, group.y, group.image.width, group.image.height];
    const overlaps = characters.map(({ box }) => intersectionOverUnion(bounds, { bounds: box, slackPx: SLACK_PX }));
    const nearest = overlaps.indexOf(Math.max(...overlaps));
    if (overlaps[nearest]! < NEAR && rng.float() >= FAR_ONES) continue;
    looks++;
    const likeness = overlaps[nearest]! < OVERLAP ? 0 : cosine(smoothGlyph(normalizeGlyph(group.image)), whole[nearest]!);
    const isRight = likeness >= RIGHT;
    const kind = isRight ? found.right : found.wrong;
    if ((!isRight && likeness >= WRONG) || kind.length >= MOST_OF_A_KIND) continue;
    // As bytes: so many views would fill the memory.
    const view = Uint8Array.from(sampleView(ink, group, lattice.heightPx), (value) => Math.min(255, Math.round(FINE * value)));
    kind.push({
      get values() {
        return Float32Array.from(view, (value) => value / FINE);
      },
      label: isRight ? classOf(characters[nearest]!.char) : WHOLE_CLASSES.length - 1,
    });
  }
  return [...found.right, ...found.wrong];
}

function classOf(char: string): number {
  return (WHOLE_CLASSES as readonly string[]).indexOf(/\d/.test(char) ? char : "letter");
}
