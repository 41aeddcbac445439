import type { PrintCards } from "../../../contracts/cards.ts";
import type { CreateDataset } from "../../../contracts/datasets.ts";
import { type TrainSettings, trainSettingsSchema } from "../../../contracts/runs.ts";
import { DEMO_WRITERS } from "../../../simulate/demo-writers.ts";

/** The cards of the demo: two for each of its simulated people. */
export const DEMO_CARDS: PrintCards = { template: "digits", paper: "a4", copies: 2 * DEMO_WRITERS.length, seed: 2024, dropOut: "none" };

/** One filled-in and photographed card. */
export interface DemoSheet {
  readonly fileName: string;
  readonly cardSeed: number;
  /** Place in DEMO_WRITERS. */
  readonly writer: number;
  /** Name in CAMERAS. */
  readonly camera: "phone8" | "phoneDim";
  readonly seed: number;
}

/** Whoever writes 400 digits gets some wrong and leaves some out: so there is something to review. */
export const DEMO_ERROR_RATE = 0.012;
export const DEMO_BLANK_RATE = 0.008;

/** The same sheets every time: what was uploaded before a kill is recognized by its name and its bytes. */
export const DEMO_SHEETS: readonly DemoSheet[] = DEMO_WRITERS.flatMap(({ code }, writer) =>
  [0, 1].map((copy): DemoSheet => {
    const number = 2 * writer + copy;
    return {
      fileName: `writer-${code}-${copy + 1}.jpg`,
      cardSeed: DEMO_CARDS.seed + number,
      writer,
      camera: copy === 0 ? "phone8" : "phoneDim",
      seed: 7000 + number,
    };
  }),
);

/** Two of the six people are kept for the test. */
export const DEMO_DATASET: Omit<CreateDataset, "includeMnist"> = {
  classes: "digits",
  includeAgreeing: false,
  testFraction: 0.34,
  validationFraction: 0,
  seed: 1,
};

/** A few seconds of training, with MNIST (60,000 digits) or without (some 1,500). */
export function demoSettings(withMnist: boolean): TrainSettings {
  return trainSettingsSchema.parse({ hidden: [64], epochs: withMnist ? 3 : 20, batch: 32, rate: 0.05, augment: "none", skipBelow: 0 });
}

/** The name under which the demo confirms labels. */
export const DEMO_REVIEWER = "demo";
