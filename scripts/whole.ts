/** `npx tsx scripts/whole.ts`: trains the network that tells whole characters from wrongly cut ones and writes lib/glyph/whole/whole-weights.ts. */
import { WHOLE_CLASSES } from "../lib/glyph/whole/measure-whole.ts";
import { runCommand } from "./support/command-line.ts";
import { makeNetWeights } from "./support/make-net-weights.ts";
import { drawLine } from "./whole/draw-line.ts";
import { listExamples } from "./whole/list-examples.ts";

await runCommand((args) =>
  makeNetWeights(args, {
    script: "whole",
    from: { name: "lines", count: 1800, others: 60 },
    examples: "groups",
    outputs: WHOLE_CLASSES.length,
    epochs: 8,
    // A third each: people's digits, the simulated pen's, its letters.
    draw: (people, lines, rng) =>
      Array.from({ length: lines }, (_, i) => {
        const person = i % 3 === 0 ? people[rng.int(people.length)]! : null;
        return listExamples(drawLine(person, i % 3 === 2 ? "letters" : "digits", rng), rng);
      }).flat(),
    file: "lib/glyph/whole/whole-weights.ts",
    usedBy: "measureWhole",
    prefix: "WHOLE_NET",
  }),
);
