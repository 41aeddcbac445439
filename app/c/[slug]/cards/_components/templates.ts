import type { TemplateId } from "../../../../../lib/card/card-manifest.ts";
import type { CustomSpec } from "../../../../../lib/card/card-spec.ts";

/** What the gallery says about each template. */
export const TEMPLATES: readonly { id: TemplateId; name: string; what: string }[] = [
  { id: "digits", name: "Digits", what: "One box a digit, all ten equally often." },
  { id: "letters", name: "Letters", what: "A to Z and a to z, one box each." },
  { id: "nist-hsf", name: "NIST form", what: "The form MNIST came from: 130 digits, two alphabets, the Preamble." },
  { id: "custom", name: "Your own", what: "Any characters, as often and as large as you like." },
];

export const FIRST_CUSTOM: CustomSpec = { characters: "0123456789+-=", repeats: 8, boxMm: 12 };
