import { z } from "zod";
import { assertArgument } from "../core/assert.ts";
import type { Paper, TemplateId } from "./card-manifest.ts";

/**
 * A custom template: a set of characters (order and repetition in the string do not count), each `repeats` times in random order,
 * in square boxes of `boxMm` (to a tenth of a millimetre).
 */
export const customSpecSchema = z.strictObject({
  characters: z.string().min(1).max(64),
  repeats: z.number().int().min(1).max(50),
  boxMm: z.number().min(6).max(30),
});
export type CustomSpec = z.infer<typeof customSpecSchema>;

export const DROP_OUTS = ["none", "red", "green", "blue"] as const;
export type DropOut = (typeof DROP_OUTS)[number];

/** Everything that a card's geometry and prompts follow from; what a card's code holds. */
export interface CardSpec {
  readonly template: TemplateId;
  readonly paper: Paper;
  /** 0 .. 2^32 - 1 */
  readonly seed: number;
  /** Colour of the boxes and prompts; "none" = black. */
  readonly dropOut: DropOut;
  /** Exactly for the template "custom". */
  readonly custom?: CustomSpec;
}

/** The version of each template's layout and prompts that this program prints. A change of either gets a new number. */
export const TEMPLATE_VERSIONS: Readonly<Record<TemplateId, number>> = { "nist-hsf": 1, digits: 1, letters: 1, custom: 1 };

/**
 * The one form of a spec: custom characters as a sorted set of code points, the box rounded to 0.1 mm. Two specs with the same
 * canonical form are the same card and have the same code.
 *
 * @throws InkformError `invalid-argument` for a seed outside 32 bits, a missing or superfluous custom part, or characters that
 *   cannot stand alone in a box (spaces, control characters, combining marks, halves of a surrogate pair).
 */
export function canonicalSpec(spec: CardSpec): CardSpec {
  const { template, paper, seed, dropOut, custom } = spec;
  assertArgument(
    Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff,
    `seed must be a whole number from 0 to 4294967295, got ${seed}`,
  );
  if (template !== "custom") {
    assertArgument(
      custom === undefined,
      `only the template "custom" takes characters, repeats and a box size; the template is "${template}"`,
    );
    return { template, paper, seed, dropOut };
  }
  assertArgument(custom !== undefined, `the template "custom" needs characters, repeats and a box size in mm`);
  return { template, paper, seed, dropOut, custom: canonicalCustom(custom) };
}

function canonicalCustom({ characters, repeats, boxMm }: CustomSpec): CustomSpec {
  assertArgument(characters.length >= 1 && characters.length <= 64, `a custom card takes 1 to 64 characters, got ${characters.length}`);
  assertArgument(Number.isInteger(repeats) && repeats >= 1 && repeats <= 50, `repeats must be a whole number from 1 to 50, got ${repeats}`);
  assertArgument(boxMm >= 6 && boxMm <= 30, `the box must be 6 to 30 mm wide, got ${boxMm}`);
  const set = [...new Set(characters)].sort((a, b) => codePoint(a) - codePoint(b));
  for (const character of set) {
    assertArgument(
      !/[\s\p{C}\p{M}\p{Z}]/u.test(character),
      `the character U+${codePoint(character).toString(16).toUpperCase().padStart(4, "0")} cannot stand alone in a box: ` +
        "leave out spaces, control characters and combining marks",
    );
  }
  return { characters: set.join(""), repeats, boxMm: Math.round(boxMm * 10) / 10 };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
