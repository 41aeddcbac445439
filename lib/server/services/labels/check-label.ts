import type { RecordLabels } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";

export type LabelInput = RecordLabels["labels"][number];

/**
 * A label with the value that its kind has, null where it has none.
 * @throws InkformError `invalid-argument`
 */
export function checkLabel(label: LabelInput): LabelInput {
  const { kind, value } = label;
  switch (kind) {
    case "class":
      // No control characters and no half of a pair: \p{C}.
      if (value === null || value.length !== 1 || value.trim() === "" || /\p{C}/u.test(value))
        throw refuse(`a class is one visible character, not ${JSON.stringify(value)}`);
      return label;
    case "retract":
      if (value === null || !/^[0-9a-f-]{36}$/i.test(value))
        throw refuse(`a retract names the clientId of the label to take back, not ${JSON.stringify(value)}`);
      return label;
    case "flag":
      if (value !== null && /[^\P{C}\n]/u.test(value)) throw refuse("a flag's note is text without control characters");
      return { ...label, value: value ?? "" };
    case "unusable":
    case "blank":
    case "unflag":
      return { ...label, value: null };
  }
}

function refuse(message: string): InkformError {
  return new InkformError("invalid-argument", `${message}. Nothing was recorded.`);
}
