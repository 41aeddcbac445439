import type { GlyphDetail } from "../../../../../../lib/contracts/review.ts";

type Label = GlyphDetail["labels"][number];

const SOURCES: Readonly<Record<Label["source"], string>> = { prompt: "prompt", ocr: "printed prompt, read", model: "model", person: "" };
const PASSES: Readonly<Record<Label["pass"], string>> = { first: "", second: ", blind", adjudication: ", settling it", gold: "" };

/** Who said it and how: "anna, blind", "prompt". */
export function describeLabel({ source, by, kind, value, pass }: Pick<Label, "source" | "by" | "kind" | "value" | "pass">): string {
  const who = source === "person" ? by : SOURCES[source];
  switch (kind) {
    case "retract":
      return `${who} took a label back`;
    case "unusable":
    case "blank":
      return `${who}: ${kind}${PASSES[pass]}`;
    case "flag":
      return value === null || value === "" ? `${who} flagged it` : `${who} flagged it: ${value}`;
    case "unflag":
      return `${who} took the flag away`;
    case "class":
      return who + PASSES[pass];
  }
}

/** What it says, in one character. */
export function signOf({ kind, value }: Pick<Label, "kind" | "value">): string {
  return { class: value ?? "", unusable: "×", blank: "–", flag: "⚑", unflag: "⚐", retract: "↶" }[kind];
}
