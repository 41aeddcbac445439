import { CHAR_CLASSES } from "../core/char-classes.ts";
import { InkformError } from "../core/inkform-error.ts";
import { Rng } from "../core/rng.ts";
import { SPLITS, type Split, type SplitOptions, splitByWriter } from "./split-by-writer.ts";

/** A glyph that is to become an example, with the label it has now. */
export interface Candidate {
  readonly glyphId: string;
  readonly label: string;
  readonly writer: string;
}

/** The exact content of a dataset version. Members stand in the order of the IDX files; MNIST's examples, if any, follow the train members. */
export interface DatasetManifest {
  readonly format: "inkform-dataset";
  readonly formatVersion: 1;
  readonly normalization: string;
  /** Those that occur, with MNIST's digits if it is mixed in, in the order of `CHAR_CLASSES`, which also numbers the label bytes of the IDX files. */
  readonly classes: readonly string[];
  readonly seed: number;
  /** True: MNIST's 60,000 training digits are the rest of train. MNIST's test set is in no split; models are measured on it apart. */
  readonly mnist: boolean;
  readonly writers: Readonly<Record<Split, readonly string[]>>;
  readonly members: Readonly<Record<Split, readonly Candidate[]>>;
  /** SHA-256 of the unpacked IDX files, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export interface ManifestOptions extends SplitOptions {
  readonly normalization: string;
  readonly classes: "digits" | "letters" | "all";
  readonly mnist: boolean;
}

/**
 * Chooses and orders a dataset's members: those of the wanted classes, split by writer, and within each split shuffled by the seed
 * (a collection's order is its writers' order). The same candidates in any order give the same manifest.
 *
 * @returns the manifest but for the files' sums, which are known once the files are written
 * @throws InkformError `invalid-argument` where nothing fits or there are too few writers
 */
export function buildManifest(candidates: readonly Candidate[], options: ManifestOptions): Omit<DatasetManifest, "files"> {
  const wanted = wantedClasses(options.classes);
  const fitting = candidates
    .filter((c) => c.label.length === 1 && wanted.includes(c.label))
    .sort((a, b) => (a.glyphId < b.glyphId ? -1 : 1));
  if (fitting.length === 0) {
    const what = options.classes === "all" ? "characters" : options.classes;
    throw new InkformError(
      "invalid-argument",
      `no reviewed ${what} yet: review some glyphs first, or include those whose prompt and model agree`,
    );
  }
  const splitOf = splitByWriter(
    fitting.map((c) => c.writer),
    options,
  );
  const members: Record<Split, Candidate[]> = { train: [], validation: [], test: [] };
  for (const c of fitting) members[splitOf.get(c.writer)!].push({ glyphId: c.glyphId, label: c.label, writer: c.writer });
  const writers: Record<Split, string[]> = { train: [], validation: [], test: [] };
  for (const [writer, split] of splitOf) writers[split].push(writer);
  SPLITS.forEach((split, i) => {
    writers[split].sort();
    new Rng((options.seed ^ Math.imul(i + 1, 0x9e3779b1)) >>> 0).shuffle(members[split]);
  });

  const present = new Set(fitting.map((c) => c.label));
  if (options.mnist) for (const digit of "0123456789") present.add(digit);
  return {
    format: "inkform-dataset",
    formatVersion: 1,
    normalization: options.normalization,
    classes: [...CHAR_CLASSES].filter((c) => present.has(c)),
    seed: options.seed,
    mnist: options.mnist,
    writers,
    members,
  };
}

function wantedClasses(classes: ManifestOptions["classes"]): string {
  if (classes === "digits") return CHAR_CLASSES.slice(0, 10);
  return classes === "letters" ? CHAR_CLASSES.slice(10) : CHAR_CLASSES;
}
