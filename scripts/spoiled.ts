/** `npx tsx scripts/spoiled.ts`: trains the network that tells one character from crossed-out and overwritten ones and writes lib/pipeline/spoiled/spoiled-weights.ts. */
import { SHAPE_CLASSES } from "../lib/pipeline/spoiled/judge-shape.ts";
import { viewBox } from "../lib/pipeline/spoiled/view-box.ts";
import { drawBox } from "./spoiled/draw-box.ts";
import { runCommand } from "./support/command-line.ts";
import { makeNetWeights } from "./support/make-net-weights.ts";

const DIGITS = [..."0123456789"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

await runCommand((args) =>
  makeNetWeights(args, {
    script: "spoiled",
    from: { name: "boxes", count: 40_000, others: 2000 },
    examples: "boxes",
    outputs: SHAPE_CLASSES.length,
    epochs: 10,
    // Half of them people's digits, a fifth the simulated pen's, the others its letters.
    draw: (people, count, rng) =>
      Array.from({ length: count }, (_, i) => {
        const source = i % 10;
        const chars = source < 7 ? DIGITS : LETTERS;
        const char = chars[rng.int(chars.length)]!;
        const { image, mishap } = drawBox(char, source < 5 ? people[rng.int(people.length)]! : null, rng);
        return { values: viewBox(image), label: (SHAPE_CLASSES as readonly string[]).indexOf(mishap ?? char.toLowerCase()) };
      }),
    file: "lib/pipeline/spoiled/spoiled-weights.ts",
    usedBy: "judgeShape",
    prefix: "SPOILED_NET",
  }),
);
