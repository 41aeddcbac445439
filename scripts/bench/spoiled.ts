import { readFile } from "node:fs/promises";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../lib/mlp/to-classifier.ts";
import { describeInk, INK_FEATURES } from "../../lib/pipeline/describe-ink.ts";
import { findSpoiled } from "../../lib/pipeline/find-spoiled.ts";
import { parseArguments } from "../support/command-line.ts";
import type { Bench, Report } from "./bench-line.ts";
import { round } from "./bench-line.ts";
import { loadRealWriters } from "./corpus/real-digits.ts";
import { fitLogistic } from "./spoiled/fit-logistic.ts";
import { type MadeBox, makeBoxes } from "./spoiled/make-boxes.ts";

const DIGITS = [..."0123456789"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const PEN_WRITERS = 40;
/** Letters are found in two halves of the pen's writers. */
const LETTER_WRITERS = 60;
const RATE = 0.08;
const USAGE =
  "usage: npm run --silent bench -- spoiled [--fit]\n  --fit  also fits the weights of find-spoiled.ts anew, on the first half of the writers, and prints them";

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
    const collect = (half: number, rate: number) => {
      const own = people.filter((_, i) => i % 2 === half);
      const seed = 1000 * (half + 1);
      return {
        people: own.map((person, i) => {
          const prompts = [...person.images].flatMap(([char, images]) => images.map(() => char));
          return makeBoxes({ seed: seed + i, prompts, person, rate, classifier });
        }),
        pen: Array.from({ length: PEN_WRITERS }, (_, i) => {
          const prompts = Array.from({ length: 100 }, (__, k) => DIGITS[k % 10]!);
          return makeBoxes({ seed: seed + 200 + i, prompts, person: null, rate, classifier });
        }),
        letters: Array.from({ length: LETTER_WRITERS }, (_, i) =>
          makeBoxes({ seed: seed + 400 + i, prompts: LETTERS, person: null, rate, classifier: null }),
        ),
      };
    };
    if (fit) {
      const { people: real, pen, letters } = collect(0, RATE);
      printFit("WITH_OPINION", [...real, ...pen]);
      // People's digits too: the pen's strokes are of a more even width than real ones.
      const unread = [...real, ...pen].map((boxes) => boxes.map((box) => ({ ...box, prediction: null })));
      printFit("BY_SHAPE", [...letters, ...unread]);
    }
    for (const [name, writers] of Object.entries(collect(1, RATE))) measure(name, writers, report);
    for (const [name, writers] of Object.entries(collect(1, 0))) measure(`${name}, nothing spoiled`, writers, report);
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

function printFit(name: string, writers: readonly MadeBox[][]): void {
  const rows = writers.flatMap((boxes) =>
    describeInk(boxes).flatMap((features, i) => (features ? [{ features, mishap: boxes[i]!.mishap }] : [])),
  );
  const bad = rows.filter(({ mishap }) => mishap !== null);
  const isSpoiled = fitLogistic(
    rows.map(({ features }) => features),
    rows.map(({ mishap }) => mishap !== null),
  );
  const isCrossed = fitLogistic(
    bad.map(({ features }) => features),
    bad.map(({ mishap }) => mishap === "crossed-out"),
  );
  console.log(name, JSON.stringify({ isSpoiled: shorten(isSpoiled), isCrossed: shorten(isCrossed) }));
  console.log(INK_FEATURES.slice(0, isSpoiled.weights.length).join(" | "));
}

function shorten({ bias, weights }: { bias: number; weights: readonly number[] }) {
  return { bias: Number(bias.toFixed(3)), weights: weights.map((weight) => Number(weight.toFixed(3))) };
}
