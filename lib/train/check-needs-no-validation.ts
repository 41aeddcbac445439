import type { TrainSettings } from "../contracts/runs.ts";
import { InkformError } from "../core/inkform-error.ts";

/** Refuses settings that judge weights by a validation split, for data that have none. @throws InkformError `invalid-argument` */
export function checkNeedsNoValidation({ stopping }: Pick<TrainSettings, "stopping">): void {
  if (stopping.patience === null && stopping.keep === "last") return;
  const [what, path] =
    stopping.patience === null
      ? (["Keeping the best weights", "settings.stopping.keep"] as const)
      : (["Stopping early", "settings.stopping.patience"] as const);
  const message = `${what} needs a validation split, and this data has none. Build a data set with one, hold examples out, or keep the last weights without patience.`;
  throw new InkformError("invalid-argument", message, undefined, [{ path, message }]);
}
