import { assertArgument } from "../core/assert.ts";
import { InkformError } from "../core/inkform-error.ts";
import { Rng } from "../core/rng.ts";

export const SPLITS = ["train", "validation", "test"] as const;
export type Split = (typeof SPLITS)[number];

export interface SplitOptions {
  /** Part of the writers, 0 to 0.9; above 0 at least one writer. */
  readonly testFraction: number;
  /** Likewise, of all writers. */
  readonly validationFraction: number;
  readonly seed: number;
}

/**
 * Gives every writer to one split, so that no writer is in two: a test on known hands is too kind to the model.
 *
 * Fractions are of the writers, rounded, at least one writer where a fraction is above 0; train keeps at least one, at the cost first of
 * test, then of validation. The same writers and seed give the same splits, in whatever order the writers come.
 *
 * @param writers writer codes; repeats count once
 * @throws InkformError `invalid-argument` where there are fewer writers than splits asked for
 */
export function splitByWriter(writers: readonly string[], options: SplitOptions): Map<string, Split> {
  const { testFraction, validationFraction, seed } = options;
  for (const [name, fraction] of [
    ["test", testFraction],
    ["validation", validationFraction],
  ] as const) {
    assertArgument(fraction >= 0 && fraction <= 0.9, `the ${name} part of the writers must be 0 to 0.9, not ${fraction}`);
  }
  assertArgument(
    testFraction + validationFraction < 1,
    "the test and validation parts together must leave writers for training: make their sum less than 1",
  );

  const codes = [...new Set(writers)].sort();
  const wanted = 1 + (testFraction > 0 ? 1 : 0) + (validationFraction > 0 ? 1 : 0);
  if (codes.length < wanted) throw new InkformError("invalid-argument", tooFewWriters(codes, options, wanted));

  const n = codes.length;
  let test = share(testFraction, n);
  let validation = share(validationFraction, n);
  while (test + validation > n - 1) {
    if (test > 1) test--;
    else validation--;
  }
  const drawn = new Rng(seed).shuffle(codes);
  return new Map(drawn.map((writer, i) => [writer, i < test ? "test" : i < test + validation ? "validation" : "train"]));
}

function share(fraction: number, writers: number): number {
  return fraction > 0 ? Math.max(1, Math.round(fraction * writers)) : 0;
}

function tooFewWriters(codes: readonly string[], options: SplitOptions, wanted: number): string {
  const who =
    codes.length === 0 ? "no writer" : codes.length === 1 ? `one writer (${codes[0]})` : `${codes.length} writers (${codes.join(", ")})`;
  const parts = [options.testFraction > 0 ? "test" : "", options.validationFraction > 0 ? "validation" : ""].filter((p) => p !== "");
  return (
    `a training${parts.length > 1 ? ", " : " and "}${parts.join(" and a ")} split need ${wanted} writers, since no writer may be in two; the chosen glyphs come from ${who}. ` +
    `Set the ${parts.join(" and ")} part to 0, or collect cards from ${wanted - codes.length === 1 ? "one more writer" : `${wanted - codes.length} more writers`}.`
  );
}
