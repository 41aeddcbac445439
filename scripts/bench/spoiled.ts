import { readFile, writeFile } from "node:fs/promises";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../lib/mlp/to-classifier.ts";
import type { InkKind } from "../../lib/pipeline/describe-ink.ts";
import { findSpoiled } from "../../lib/pipeline/find-spoiled.ts";
import type { FeatureNet } from "../../lib/pipeline/spoiled/feature-net.ts";
import { parseArguments } from "../support/command-line.ts";
import type { Bench, Report } from "./bench-line.ts";
import { round } from "./bench-line.ts";
import { loadRealWriters } from "./corpus/real-digits.ts";
import { fitFeatureNet } from "./spoiled/fit-feature-net.ts";
import { type MadeBox, makeBoxes } from "./spoiled/make-boxes.ts";

const DIGITS = [..."0123456789"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const PEN_WRITERS = 40;
/** Letters are found in two halves of the pen's writers. */
const LETTER_WRITERS = 60;
const RATE = 0.08;
/** To fit on: pages without any too, as what is usual on a page is measured on all of its boxes. */
const FIT_RATES = [0, 0.06, 0.12];
const HIDDEN = 24;
/** Of Unicode: no character of a card. */
const PRIVATE_USE = 0xe000;
const WEIGHTS = "lib/pipeline/spoiled/feature-weights.ts";
const USAGE =
  "usage: npm run --silent bench -- spoiled [--fit]\n  --fit  first fits the weights of weigh-features.ts anew, on the first half of the writers, and writes them; run it again without to measure them";

/**
 * How many crossed-out and overwritten boxes are found, and how many clean ones are called so: on the half of MNIST's test writers, and of the simulated ones,
 * on which the weights were not fitted. Strikes, scribbles and second characters are the simulated pen's, digits below them partly people's.
 */
export const spoiled: Bench = {
  about: "crossed-out and overwritten boxes that are found, and clean ones called so, by real and simulated writers",
  needs: ["MNIST_DIR", "QMNIST_DIR"],
  takesOptions: true,
  async run(report, args) {
    const { fit } = parseArguments(args, { fit: { type: "boolean" } }, { usage: USAGE }).values;
    const classifier = toClassifier(decodeModel(await readFile("lib/mlp/starter/starter.ink")));
    const people = await loadRealWriters();
    const collect = (half: number, rate: number, worn = false) => {
      const own = people.filter((_, i) => i % 2 === half);
      const seed = 1000 * (half + 1);
      const by = { rate, worn, classifier };
      return {
        people: own.map((person, i) => {
          const prompts = [...person.images].flatMap(([char, images]) => images.map(() => char));
          return makeBoxes({ ...by, seed: seed + i, prompts, person });
        }),
        pen: Array.from({ length: PEN_WRITERS }, (_, i) => {
          const prompts = Array.from({ length: 100 }, (__, k) => DIGITS[k % 10]!);
          return makeBoxes({ ...by, seed: seed + 200 + i, prompts, person: null });
        }),
        letters: Array.from({ length: LETTER_WRITERS }, (_, i) =>
          makeBoxes({ ...by, seed: seed + 400 + i, prompts: LETTERS, person: null, classifier: null }),
        ),
      };
    };
    if (fit) {
      const sets = [...FIT_RATES.map((rate) => collect(0, rate)), collect(0, RATE, true)];
      const digits = sets.flatMap((set) => [...set.people, ...set.pen]);
      const letters = sets.flatMap((set) => set.letters);
      // What nothing reads: digits, and characters of which it is only known how this writer writes them.
      const unread = digits.map((boxes) => boxes.map((box) => ({ ...box, prediction: null })));
      const unknown = unread.map((boxes) =>
        boxes.map((box) => ({ ...box, prompt: String.fromCodePoint(PRIVATE_USE + box.prompt.codePointAt(0)!) })),
      );
      const nets = {
        digit: fitFeatureNet(digits, HIDDEN),
        letter: fitFeatureNet(letters, HIDDEN),
        shape: fitFeatureNet([...unread, ...unknown], HIDDEN),
      };
      await writeFile(WEIGHTS, describeWeights(nets));
      return;
    }
    for (const [name, writers] of Object.entries(collect(1, RATE))) measure(name, writers, report);
    for (const [name, writers] of Object.entries(collect(1, 0))) measure(`${name}, nothing spoiled`, writers, report);
    for (const [name, writers] of Object.entries(collect(1, RATE, true))) measure(`${name}, worn`, writers, report);
  },
};

function measure(name: string, writers: readonly MadeBox[][], report: Report): void {
  const judged = writers.flatMap((boxes) => findSpoiled(boxes).map((said, i) => ({ said, mishap: boxes[i]!.mishap })));
  const say = (figure: string, part: typeof judged, whole: typeof judged): void =>
    report({
      figure: `${name}: ${figure}`,
      value: round(part.length / Math.max(1, whole.length)),
      unit: "fraction",
      against: null,
      ratio: null,
    });
  const clean = judged.filter(({ mishap }) => mishap === null);
  report({ figure: `${name}: clean boxes`, value: clean.length, unit: "count", against: null, ratio: null });
  say(
    "clean boxes called spoiled",
    clean.filter(({ said }) => said === "crossed-out" || said === "overwritten"),
    clean,
  );
  say(
    "clean boxes in doubt",
    clean.filter(({ said }) => said === "unsure"),
    clean,
  );
  for (const mishap of ["crossed-out", "overwritten"] as const) {
    const own = judged.filter((one) => one.mishap === mishap);
    if (own.length === 0) continue;
    say(
      `${mishap} called so`,
      own.filter(({ said }) => said === mishap),
      own,
    );
    say(
      `${mishap} called spoiled`,
      own.filter(({ said }) => said === "crossed-out" || said === "overwritten"),
      own,
    );
    say(
      `${mishap} called spoiled or in doubt`,
      own.filter(({ said }) => said !== null),
      own,
    );
  }
}

function describeWeights(nets: Readonly<Record<InkKind, FeatureNet>>): string {
  const describe = ([kind, { means, spreads, weights }]: readonly [string, FeatureNet]): string =>
    `  ${kind}: {\n    means: [${means.join(", ")}],\n    spreads: [${spreads.join(", ")}],\n    weights:\n      "${weights}",\n  },\n`;
  return `import type { FeatureNet } from "./feature-net.ts";

/** The weights of \`weighFeatures\`, made by \`npm run bench -- spoiled --fit\` (README.md); see \`unpackSmallNet\`. */
export const FEATURE_NET_HIDDEN = ${HIDDEN};
export const FEATURE_WEIGHTS: Readonly<Record<"digit" | "letter" | "shape", FeatureNet>> = {
${Object.entries(nets).map(describe).join("")}};
`;
}
