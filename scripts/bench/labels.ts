import { fuseLabels } from "../../lib/label/fusion/fuse-labels.ts";
import type { FusionInput } from "../../lib/label/fusion/fusion-input.ts";
import { majorityVote } from "../../lib/label/fusion/majority-vote.ts";
import { type Bench, type Report, round } from "./bench-line.ts";
import { type CollectionTraits, K, type SimulatedCollection, simulateCollection } from "./labels/simulate-collection.ts";

const TRAITS: CollectionTraits = { fields: 1000, wrong: 0.05, slips: 0.01, unusable: 0.005, reviewers: [0.9, 0.97, 0.99], model: 0.98 };
const SEEDS = [1, 2];
/** Checks between two fusions. */
const BATCH = 250;
const TARGET = 0.001;
/** Of the reliability table: most posteriors are near 1. */
const BANDS = [0, 0.5, 0.7, 0.9, 0.99, 0.999, 1];
/** Who looks at a glyph first, second and third, by place among the reviewers. */
const LOOKERS = [1, 2, 0];

const ORDERS = { doubt: "the most doubtful first", pages: "in the order of the pages" } as const;
type Order = keyof typeof ORDERS;

/** Errors left by fusion, by counting votes and by the prompt alone, on simulated collections whose truth is known. */
export const labels: Bench = {
  about: "labels: errors of fusion against majority vote and prompt, calibration, checks until 0.1 % (simulated, truth known)",
  needs: [],
  run(report) {
    for (const seed of SEEDS) {
      const collection = simulateCollection(TRAITS, seed);
      const all = collection.opinions.map((_, s) => s);
      compare(report, collection, { name: `prompt, model and three reviewers, seed ${seed}`, sources: all });
      compare(report, collection, { name: `prompt and three reviewers, seed ${seed}`, sources: all.slice(0, -1) });
      const pages = checkUntil(collection, "pages");
      const doubt = checkUntil(collection, "doubt");
      for (const [order, { checks, error }] of Object.entries({ pages, doubt })) {
        const name = `${ORDERS[order as Order]}, ${collection.truth.length} glyphs, seed ${seed}`;
        const than = order === "doubt" ? { against: ORDERS.pages, ratio: round(pages.checks / doubt.checks) } : NONE;
        report({ figure: `checks until ${100 * TARGET} % errors, ${name}`, value: checks, unit: "checks", ...than });
        report({ figure: `errors left then, ${name}`, value: round(error), unit: "fraction", ...NONE });
      }
    }
    return Promise.resolve();
  },
};

const NONE = { against: null, ratio: null };

function compare(report: Report, collection: SimulatedCollection, { name, sources }: { name: string; sources: readonly number[] }): void {
  const { truth, asked, opinions } = collection;
  const say = (how: string, guess: ArrayLike<number>): number => {
    const error = errorOf(guess, truth);
    report({ figure: `errors of ${how}, ${name}`, value: round(error), unit: "fraction", ...NONE });
    return error;
  };
  say("the prompt", asked);
  const majority = say(
    "majority vote",
    majorityVote([...truth.keys()].map((n) => [...sources.map((s) => opinions[s]!.values[n]!), asked[n]!])),
  );
  const { posterior } = fuseLabels(toInput(collection, sources, truth.length));
  const fused = errorOf(argmax(posterior), truth);
  report({
    figure: `errors of fusion, ${name}`,
    value: round(fused),
    unit: "fraction",
    against: "majority vote",
    ratio: fused === 0 ? null : round(majority / fused),
  });
  report({ figure: `errors that the posterior expects, ${name}`, value: round(expectedError(posterior)), unit: "fraction", ...NONE });
  report({
    figure: `calibration error of the posterior, ${name}`,
    value: round(calibrationError(posterior, truth)),
    unit: "fraction",
    ...NONE,
  });
  for (const { from, to, count, said, right } of reliability(posterior, truth)) {
    const band = `posterior from ${from} to ${to}, ${count} glyphs, ${name}`;
    report({ figure: `share right, ${band}`, value: round(right), unit: "fraction", against: `what it says: ${round(said)}`, ratio: null });
  }
}

/**
 * Prompt and model of all glyphs, then people: each check is the next reviewer's look at one glyph, until the fused labels are good enough. The truth only says
 * when to stop. In the order of the pages every glyph is looked at once before any is a second time.
 */
function checkUntil(collection: SimulatedCollection, order: Order): { checks: number; error: number } {
  const { truth, opinions } = collection;
  const N = truth.length;
  const looks = new Uint8Array(N);
  for (let checks = 0; ; checks += BATCH) {
    const { posterior } = fuseLabels(toInput(collection, [opinions.length - 1], N, looks), { tolerance: 1e-5 });
    const error = errorOf(argmax(posterior), truth);
    if (error <= TARGET || checks >= LOOKERS.length * N) return { checks, error };
    const doubt = Float64Array.from(looks, (_, n) => 1 - Math.max(...posterior.subarray(n * K, n * K + K)));
    const open = [...looks.keys()].filter((n) => looks[n]! < LOOKERS.length);
    open.sort((a, b) => (order === "doubt" ? doubt[b]! - doubt[a]! : looks[a]! - looks[b]!) || a - b);
    for (const n of open.slice(0, BATCH)) looks[n]!++;
  }
}

function toInput({ fields, opinions }: SimulatedCollection, sources: readonly number[], N: number, looks?: Uint8Array): FusionInput {
  const rows: [n: number, s: number, value: number][] = [];
  sources.forEach((of, s) => {
    for (const [n, value] of opinions[of]!.values.entries()) rows.push([n, s, value]);
  });
  const used = sources.map((of) => opinions[of]!.source);
  for (const [rank, reviewer] of looks ? LOOKERS.entries() : []) {
    const { source, values } = opinions[reviewer]!;
    for (const [n, count] of looks!.entries()) if (count > rank) rows.push([n, used.length, values[n]!]);
    used.push(source);
  }
  return {
    items: N,
    classes: K,
    sources: used,
    votes: {
      item: Int32Array.from(rows, ([n]) => n),
      source: Uint16Array.from(rows, ([, s]) => s),
      value: Uint8Array.from(rows, ([, , value]) => value),
    },
    fields,
  };
}

function argmax(posterior: Float64Array): Uint8Array {
  return Uint8Array.from({ length: posterior.length / K }, (_, n) => {
    const row = posterior.subarray(n * K, n * K + K);
    return row.indexOf(Math.max(...row));
  });
}

function errorOf(guess: ArrayLike<number>, truth: Uint8Array): number {
  let wrong = 0;
  for (const [n, t] of truth.entries()) if (guess[n] !== t) wrong++;
  return wrong / truth.length;
}

function expectedError(posterior: Float64Array): number {
  const best = argmax(posterior);
  return best.reduce((sum, k, n) => sum + 1 - posterior[n * K + k]!, 0) / best.length;
}

/** The reliability table: in bands of the most probable class's probability, how often it is right. Bands without a glyph are left out. */
function reliability(
  posterior: Float64Array,
  truth: Uint8Array,
): { from: number; to: number; count: number; said: number; right: number }[] {
  const best = argmax(posterior);
  return BANDS.slice(1).flatMap((to, b) => {
    const from = BANDS[b]!;
    const own = [...best.keys()].filter((n) => {
      const p = posterior[n * K + best[n]!]!;
      return p >= from && (p < to || to === 1);
    });
    if (own.length === 0) return [];
    const said = own.reduce((sum, n) => sum + posterior[n * K + best[n]!]!, 0) / own.length;
    return [{ from, to, count: own.length, said, right: own.filter((n) => truth[n] === best[n]).length / own.length }];
  });
}

/** Mean distance between the probability of the most probable class and how often it is right, in ten equal bands (Guo et al. 2017, eq. 3). */
function calibrationError(posterior: Float64Array, truth: Uint8Array): number {
  const bands = Array.from({ length: 10 }, () => ({ count: 0, right: 0, sum: 0 }));
  for (const [n, k] of argmax(posterior).entries()) {
    const p = posterior[n * K + k]!;
    const band = bands[Math.min(9, Math.floor(10 * p))]!;
    band.count++;
    band.sum += p;
    if (truth[n] === k) band.right++;
  }
  return bands.reduce((total, { right, sum }) => total + Math.abs(right - sum), 0) / truth.length;
}
