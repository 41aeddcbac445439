import { Rng } from "../../../lib/core/rng.ts";
import type { FusionSource, PromptedField } from "../../../lib/label/fusion/fusion-input.ts";

/** Ten digits, and "no class is right". */
export const K = 11;
const UNUSABLE = 10;
const PLACES = 10;

export interface SimulatedCollection {
  /** N: what was written. */
  readonly truth: Uint8Array;
  readonly fields: readonly PromptedField[];
  /** N: what the card asked for at the glyph's place. */
  readonly asked: Uint8Array;
  /** For each source what it says of each glyph. */
  readonly opinions: readonly { readonly source: FusionSource; readonly values: Uint8Array }[];
}

export interface CollectionTraits {
  readonly fields: number;
  /** Share of characters written otherwise than asked. */
  readonly wrong: number;
  /** Share of fields in which the writer loses the place by one. */
  readonly slips: number;
  readonly unusable: number;
  /** Share of right answers of each reviewer, and of the model. */
  readonly reviewers: readonly number[];
  readonly model: number;
}

/** Digits that people and networks take for one another; half of all mistakes are these. */
const LOOKALIKE = [6, 7, 7, 5, 9, 3, 0, 1, 3, 4];

/** Cards copied by writers and looked over by reviewers, with known truth. A model says in two bands how sure it is; each is a source of its own. */
export function simulateCollection(traits: CollectionTraits, seed: number): SimulatedCollection {
  const rng = new Rng(seed);
  const truth: number[] = [];
  const asked: number[] = [];
  const fields: PromptedField[] = [];
  for (let f = 0; f < traits.fields; f++) {
    const prompt = Array.from({ length: PLACES }, () => rng.int(10));
    const items = losePlace(prompt, traits.slips, rng).map((written, place) => {
      if (written === null) return -1;
      asked.push(prompt[place]!);
      return truth.push(write(written, traits, rng)) - 1;
    });
    fields.push({ prompt: Uint8Array.from(prompt), items: Int32Array.from(items) });
  }
  const opinions = traits.reviewers.map((accuracy, r) => ({
    source: { name: `reviewer ${Math.round(100 * accuracy)} %`, group: `reviewer ${r}` },
    values: Uint8Array.from(truth, (t) => judge(t, accuracy, rng)),
  }));
  // A network has no answer "unusable": it reads some digit.
  const model = Uint8Array.from(truth, (t) => (t === UNUSABLE ? rng.int(10) : judge(t, traits.model, rng) % 10));
  opinions.push({ source: { name: "model", group: "model" }, values: model });
  return { truth: Uint8Array.from(truth), asked: Uint8Array.from(asked), fields, opinions };
}

/** What is written at each place; null: nothing. */
function losePlace(prompt: readonly number[], share: number, rng: Rng): (number | null)[] {
  if (rng.float() >= share) return [...prompt];
  const at = rng.int(PLACES - 1);
  if (rng.float() < 0.7) return [...prompt.slice(0, at), ...prompt.slice(at + 1), null];
  return [...prompt.slice(0, at), rng.int(10), ...prompt.slice(at, -1)];
}

function write(asked: number, { wrong, unusable }: CollectionTraits, rng: Rng): number {
  if (rng.float() < unusable) return UNUSABLE;
  return rng.float() < wrong ? (asked + 1 + rng.int(9)) % 10 : asked;
}

function judge(truth: number, accuracy: number, rng: Rng): number {
  if (rng.float() < accuracy) return truth;
  if (truth === UNUSABLE) return rng.int(10);
  const roll = rng.float();
  if (roll < 0.05) return UNUSABLE;
  return roll < 0.5 ? LOOKALIKE[truth]! : (truth + 1 + rng.int(9)) % 10;
}
