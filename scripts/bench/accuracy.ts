import { loadavg } from "node:os";
import { evaluatePredictions } from "../../lib/evaluation/evaluate-predictions.ts";
import { AUGMENTATION_KINDS } from "../../lib/mlp/augment/limits.ts";
import { ACTIVATIONS } from "../../lib/mlp/network.ts";
import { RESHAPES } from "../../lib/mlp/reshape/reshapes.ts";
import { VIEWS } from "../../lib/mlp/views/views.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { reshapeOfMember } from "../../lib/train/reshape-of-member.ts";
import { parseArguments, parseChoice, parseNumber, UsageError } from "../support/command-line.ts";
import { measureDefaultTraining } from "./accuracy/default-training.ts";
import { saveModel } from "./accuracy/save-model.ts";
import { holdOut } from "./accuracy/split.ts";
import { percent, predictSet, TRAINING_CLOCKS, type TrainingClock, trainTimed } from "./accuracy/train-timed.ts";
import { type AccuracySettings, settingsFor } from "./accuracy-settings.ts";
import { type Bench, type Report, round } from "./bench-line.ts";

const CLASSES = [..."0123456789"];
const THREADS = 2;

const USAGE = `usage: npm run --silent bench -- accuracy [--minutes M [--seeds 1,2,3] [--members N] [--out FOLDER] [--validate ...]]
without options: the app's default training
  --minutes M      trains for M minutes on ${THREADS} threads with the settings of scripts/bench/accuracy-settings.ts for that time;
                   all 60,000 training images, the test set looked at once a seed, at the end
  --seeds A,B,..   one training after another (1)
  --members N      a committee: N trainings of M/N minutes each with that time's settings, each looking at images in its own way; the mean of their probabilities (1)
  --clock ${TRAINING_CLOCKS.join("|")}  what a minute is: of the clock on the wall, or ${THREADS} minutes of processor time, for a machine with other work (wall)
  --out FOLDER     keeps each seed's model, or committee, as an .ink file there
  --validate       for choosing settings: 10,000 of the training images held out, trained on the others; the test files are not opened
with --validate, settings of your own:
  --seconds S      instead of --minutes          --epochs E        end after E epochs; the rate falls by epochs or time, whichever is ahead
  --layers A,B,..  hidden layers                 --rate R --batch B --momentum M
  --augment ${AUGMENTATION_KINDS.join("|")}   --activation ${ACTIVATIONS.join("|")}
  --skip-below P   --reshape ${RESHAPES.join("|")}   --views ${VIEWS.join("|")}`;

/** Test errors after a training of so many minutes. What it prints on the way goes to stderr. */
export const accuracy: Bench = {
  about: "MNIST test error with the app's default settings, or after --minutes M (see accuracy --help)",
  needs: ["MNIST_DIR"],
  takesOptions: true,
  async run(report, args) {
    const folder = process.env.MNIST_DIR!;
    if (args.length === 0) return measureDefaultTraining(folder, report);
    await measureTimed(folder, parse(args), report);
  },
};

interface Order {
  readonly seconds: number;
  readonly settings: AccuracySettings;
  readonly seeds: readonly number[];
  readonly members: number;
  readonly clock: TrainingClock;
  readonly validate: boolean;
  readonly out: string | null;
}

async function measureTimed(folder: string, order: Order, report: Report): Promise<void> {
  const { seconds, settings, seeds, members, clock, validate, out } = order;
  const { hidden, ...rest } = settings;
  const all = await readExampleFolders([folder], "train");
  const { train, held } = validate ? holdOut(all) : { train: all, held: null };
  const sizes = [784, ...hidden, CLASSES.length];
  const what = validate ? "error on 10,000 held-out training images" : "test error";
  const name = `${sizes.join("-")}, ${seconds} ${clock === "wall" ? "s" : `x ${THREADS} processor s`}${members > 1 ? ` for ${members} members` : ""}, ${THREADS} threads`;
  console.error(`${name}; ${JSON.stringify(rest)}; ${train.labels.length} training images; load average ${loadavg()[0]!.toFixed(2)}`);
  const rows: string[][] = [];
  for (const seed of seeds) {
    const results = Array.from({ length: members }, (_, member) => {
      // Members of one seed must not come up as another seed's.
      const own = seed + 1000 * member;
      const label = members > 1 ? `seed ${seed}, member ${member + 1}` : `seed ${seed}`;
      const job = {
        train,
        held,
        classes: CLASSES,
        settings: { ...rest, sizes, seed: own, ...(members > 1 && { reshape: reshapeOfMember({ reshape: "varied" }, member) }) },
        seconds: seconds / members,
        clock,
        threads: THREADS,
      };
      return { label, ...trainTimed(job, (line) => console.error(`${label}: ${line}`)) };
    });
    if (out) {
      const file = `${sizes.join("-")}-seed${seed}${members > 1 ? `-of${members}` : ""}`;
      await saveModel({ folder: out, name: file, classes: CLASSES, networks: results });
    }
    // Not before the trainings are over.
    const set = held ?? (await readExampleFolders([folder], "test"));
    const predictions = results.map((result) => predictSet(result, set, THREADS));
    const line = (figure: string, value: number, unit: string): void =>
      report({ figure: `${figure}, ${name}, seed ${seed}`, value: round(value), unit, against: null, ratio: null });
    const sayError = (label: string, probabilities: Float32Array, cells: readonly string[]): void => {
      const { errors, errorRate, interval } = evaluatePredictions(probabilities, set.labels, CLASSES.length);
      rows.push([label, String(errors), percent(errorRate), interval.map(percent).join(" to "), ...cells]);
    };
    results.forEach(({ label, epochs, samples, seconds: wall, processorSeconds }, k) => {
      const busy = processorSeconds / (THREADS * wall);
      sayError(label, predictions[k]!, [epochs.toFixed(1), String(samples), (samples / wall).toFixed(0), wall.toFixed(1), busy.toFixed(2)]);
    });
    const mean = predictions.length === 1 ? predictions[0]! : average(predictions);
    if (members > 1) sayError(`seed ${seed}, committee of ${members}`, mean, ["", "", "", "", ""]);
    const { errorRate, interval } = evaluatePredictions(mean, set.labels, CLASSES.length);
    const sum = (of: (result: (typeof results)[number]) => number): number => results.reduce((total, result) => total + of(result), 0);
    const wall = sum((result) => result.seconds);
    line(what, errorRate, "fraction");
    line("low end of its 95 % interval", interval[0], "fraction");
    line("high end of its 95 % interval", interval[1], "fraction");
    line("training time", wall, "s");
    line(
      "samples",
      sum((result) => result.samples),
      "1",
    );
    line("samples a second", sum((result) => result.samples) / wall, "samples/s");
    line(`processor time over ${THREADS} x training time`, sum((result) => result.processorSeconds) / (THREADS * wall), "fraction");
  }
  const head = ["training", "errors", what, "95 % interval", "epochs", "samples", "samples/s", "s", `processor s / (${THREADS} x s)`];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  console.error(`\n${name}; ${JSON.stringify(rest)}\n\n${lines.join("\n")}\n\nload average ${loadavg()[0]!.toFixed(2)}`);
}

function average(predictions: readonly Float32Array[]): Float32Array {
  return predictions[0]!.map((_, k) => predictions.reduce((sum, probabilities) => sum + probabilities[k]!, 0) / predictions.length);
}

function parse(args: string[]): Order {
  const { values } = parseArguments(
    args,
    {
      minutes: { type: "string" },
      seconds: { type: "string" },
      seeds: { type: "string" },
      members: { type: "string" },
      clock: { type: "string" },
      out: { type: "string" },
      validate: { type: "boolean" },
      epochs: { type: "string" },
      layers: { type: "string" },
      rate: { type: "string" },
      batch: { type: "string" },
      momentum: { type: "string" },
      augment: { type: "string" },
      activation: { type: "string" },
      "skip-below": { type: "string" },
      reshape: { type: "string" },
      views: { type: "string" },
    },
    { usage: USAGE },
  );
  const { minutes, seeds, members, clock, out, validate = false, ...own } = values;
  const overridden = Object.keys(own);
  if (!validate && overridden.length > 0) {
    throw new UsageError(`--${overridden[0]} needs --validate: settings are not to be chosen by looking at the test set.\n${USAGE}`);
  }
  if ((minutes === undefined) === (own.seconds === undefined)) throw new UsageError(`Either --minutes or --seconds is needed.\n${USAGE}`);
  const seconds =
    own.seconds === undefined
      ? 60 * parseNumber("minutes", minutes!, { low: 0.01, high: 100_000, whole: false })
      : parseNumber("seconds", own.seconds, { low: 0.1, high: 1e7, whole: false });
  const list = (option: string, text: string, range: { low: number; high: number }): number[] =>
    text.split(",").map((part) => parseNumber(option, part, range));
  const count = parseNumber("members", members ?? "1", { low: 1, high: 100 });
  const base = settingsFor(seconds / 60 / count);
  const settings = {
    ...base,
    ...(own.epochs !== undefined && { epochs: parseNumber("epochs", own.epochs, { low: 1, high: 1_000_000 }) }),
    ...(own.layers !== undefined && { hidden: list("layers", own.layers, { low: 1, high: 10_000 }) }),
    ...(own.rate !== undefined && { rate: parseNumber("rate", own.rate, { low: Number.MIN_VALUE, high: 10, whole: false }) }),
    ...(own.batch !== undefined && { batch: parseNumber("batch", own.batch, { low: 1, high: 4096 }) }),
    ...(own.momentum !== undefined && {
      optimizer: { kind: "sgd" as const, momentum: parseNumber("momentum", own.momentum, { low: 0, high: 0.999, whole: false }) },
    }),
    ...(own["skip-below"] !== undefined && {
      skipBelow: parseNumber("skip-below", own["skip-below"], { low: 0, high: 0.999, whole: false }),
    }),
    ...(own.reshape !== undefined && { reshape: parseChoice("reshape", own.reshape, RESHAPES) }),
    ...(own.views !== undefined && { views: parseChoice("views", own.views, VIEWS) }),
    ...(own.augment !== undefined && { augment: parseChoice("augment", own.augment, AUGMENTATION_KINDS) }),
    ...(own.activation !== undefined && { activation: parseChoice("activation", own.activation, ACTIVATIONS) }),
  };
  return {
    seconds,
    settings,
    seeds: list("seeds", seeds ?? "1", { low: 0, high: 999 }),
    members: count,
    clock: parseChoice("clock", clock ?? "wall", TRAINING_CLOCKS),
    validate,
    out: out ?? null,
  };
}
