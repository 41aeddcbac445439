/** `npx tsx scripts/border.ts`: trains the network that tells where the border between two touching characters goes and writes lib/glyph/border/border-weights.ts. */
import { BORDER_CLASSES } from "../lib/glyph/border/measure-borders.ts";
import { listBorderExamples } from "./border/list-border-examples.ts";
import { runCommand } from "./support/command-line.ts";
import { makeNetWeights } from "./support/make-net-weights.ts";
import { drawLine } from "./whole/draw-line.ts";

await runCommand((args) =>
  makeNetWeights(args, {
    script: "border",
    from: { name: "lines", count: 5000, others: 100 },
    examples: "cells",
    outputs: BORDER_CLASSES.length,
    epochs: 3,
    // A quarter people's digits, a quarter the simulated pen's, a half its letters: they are of more kinds.
    draw: (people, lines, rng) =>
      Array.from({ length: lines }, (_, i) => {
        const person = i % 4 === 0 ? people[rng.int(people.length)]! : null;
        return listBorderExamples(drawLine(person, i % 4 >= 2 ? "letters" : "digits", rng), rng);
      }).flat(),
    file: "lib/glyph/border/border-weights.ts",
    usedBy: "measureBorders",
    prefix: "BORDER_NET",
  }),
);
