import { InkformError } from "../core/inkform-error.ts";
import type { TrainerSettings } from "../mlp/training-settings.ts";

interface Training {
  readonly settings: TrainerSettings;
  readonly classes: readonly string[];
  readonly dataHash: string;
}

/** @throws InkformError `conflict` where a checkpoint is of another training than the one that is to go on */
export function checkSameTraining(checkpoint: Training, now: Training): void {
  const keys = Object.keys(now.settings) as (keyof TrainerSettings)[];
  const differing = keys.filter((key) => JSON.stringify(checkpoint.settings[key]) !== JSON.stringify(now.settings[key]));
  if (checkpoint.classes.join("\0") !== now.classes.join("\0")) throw conflict("its classes are others");
  if (differing.length > 0) throw conflict(`its settings differ (${differing.join(", ")})`);
  if (checkpoint.dataHash !== now.dataHash) throw conflict("it was made with other training data");
}

function conflict(what: string): InkformError {
  return new InkformError("conflict", `The training cannot be resumed from this checkpoint: ${what}. Start a new training instead.`);
}
