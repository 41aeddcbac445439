import { InkformError } from "../core/inkform-error.ts";
import { DIGIT_FORMS } from "./forms/digit-forms.ts";
import { LOWERCASE_FORMS, UPPERCASE_FORMS } from "./forms/letter-forms.ts";
import { SIGN_FORMS } from "./forms/sign-forms.ts";

/** A point the pen passes, in the unit box: x right from the left edge, y down; 0 top of a capital, `BASELINE`, 1 foot of a descender. */
export interface FormPoint {
  readonly x: number;
  readonly y: number;
  /** The path turns sharply here. */
  readonly corner: boolean;
}

/** One way to draw a character: strokes in writing order, each from pen down to pen up. */
export type CharForm = readonly (readonly FormPoint[])[];

/** The design grid's height in its own units: 100 for a capital and 40 for a descender. */
const GRID = 140;

/** y of the base line in the unit box: also the height of a capital. */
export const BASELINE = 100 / GRID;

const parsed = new Map<string, readonly CharForm[]>();
for (const forms of [DIGIT_FORMS, UPPERCASE_FORMS, LOWERCASE_FORMS, SIGN_FORMS]) {
  for (const [char, notations] of Object.entries(forms)) parsed.set(char, notations.map(parseForm));
}

/** @returns the ways in which the pen draws `char`, the most usual first; null where it can't draw it. */
export function findCharForms(char: string): readonly CharForm[] | null {
  return parsed.get(char) ?? null;
}

/** As `findCharForms`. @throws InkformError `invalid-argument` where the pen can't draw `char`. */
export function getCharForms(char: string): readonly CharForm[] {
  const forms = findCharForms(char);
  if (!forms) {
    throw new InkformError(
      "invalid-argument",
      `The simulated pen can't write "${char}": it knows ${[...parsed.keys()].join("")}. Leave this character out, or add its strokes to lib/simulate/forms.`,
    );
  }
  return forms;
}

function parseForm(notation: string): CharForm {
  return notation.split("|").map((stroke) =>
    stroke
      .trim()
      .split(/\s+/)
      .map((token) => {
        const match = /^(\d+),(\d+)(!?)$/.exec(token);
        if (!match) throw new InkformError("internal", `bad point "${token}" in a form of the simulated pen`);
        return { x: Number(match[1]) / GRID, y: Number(match[2]) / GRID, corner: match[3] === "!" };
      }),
  );
}
