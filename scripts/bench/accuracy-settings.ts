import type { TrainerSettingsInput } from "../../lib/mlp/training-settings.ts";

/** All that a timed training needs but its time, its seed and its classes. */
export interface AccuracySettings extends Omit<TrainerSettingsInput, "sizes" | "seed"> {
  readonly hidden: readonly number[];
}

/** Epochs do not end these trainings and do not lower their learning rate: time does. */
const ENDLESS = 1_000_000;

const COMMON = { activation: "relu", epochs: ENDLESS, rate: 0.1, batch: 128, augment: "elastic", skipBelow: 0.02, views: "five" } as const;

/**
 * By minutes on two threads, ascending; 1000-440 is what fits into the 2.5 MB of a starter model. Chosen with `--validate`, which never opens the test files.
 * Other times take the next smaller one's.
 */
const SETTINGS: readonly (AccuracySettings & { readonly minutes: number })[] = [
  { ...COMMON, minutes: 1, hidden: [1000, 500] },
  { ...COMMON, minutes: 5, hidden: [1000, 440] },
  { ...COMMON, minutes: 20, hidden: [1500, 1000, 500] },
  { ...COMMON, minutes: 60, hidden: [2000, 1500, 1000, 500] },
];

export function settingsFor(minutes: number): AccuracySettings {
  const { minutes: _, ...settings } = SETTINGS.findLast((entry) => entry.minutes <= minutes) ?? SETTINGS[0]!;
  return settings;
}
