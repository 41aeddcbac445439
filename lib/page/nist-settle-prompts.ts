import type { PrintedPrompt } from "./nist-clean-prompt.ts";
import { NIST_DIGIT_COUNT, NIST_FIRST_PROMPT } from "./nist-form.ts";
import { type MatchedDigits, matchDigits } from "./nist-match-digits.ts";

/**
 * Settles what the prompts say. Two readings of the print, independent of each other: OCR's, and the comparison with the page's
 * own 0123456789 (`matchDigits`). A digit prompt is trusted where both agree; where only one of them is there, or they differ, a
 * reading is taken only if with it every class stands 13 times on the form, first whole readings, then digit by digit. An alphabet must be a permutation of 26 letters.
 * @param readings for each prompt OCR's readings, likeliest first; may be empty
 * @returns for each prompt its text, null where it can't be trusted
 */
export function settlePrompts(prompts: readonly PrintedPrompt[], readings: readonly (readonly string[])[]): (string | null)[] {
  const settled: (string | null)[] = prompts.map((prompt, i) => (prompt.kind === "digits" ? null : settleAlphabet(prompt, readings[i])));
  const digits = prompts.flatMap((prompt, i) => (prompt.kind === "digits" ? [i] : []));
  const matched = matchDigits(digits.map((i) => prompts[i]));
  const open: Open[] = [];
  digits.forEach((i, k) => {
    const { length } = prompts[i];
    const match = matched?.[k] ?? null;
    const ocr = readings[i].filter((text) => text.length === length && /^\d+$/.test(text));
    if (length === 10) {
      // The form fixes these; either reading confirms it.
      settled[i] = ocr.includes(NIST_FIRST_PROMPT) || match?.text === NIST_FIRST_PROMPT ? NIST_FIRST_PROMPT : null;
    } else if (match !== null && ocr.includes(match.text)) {
      settled[i] = match.text;
    } else {
      const options = [...new Set([...ocr, ...(match !== null ? [match.text] : [])])];
      // A sure match that OCR has nothing against stands without the count.
      const alone = match !== null && ocr.length === 0 && match.sure.every(Boolean) ? match.text : null;
      if (options.length > 0) open.push({ index: i, options, mixed: mixReadings(options, match), alone });
    }
  });
  const complete = digits.every((i) => settled[i] !== null || open.some(({ index }) => index === i));
  // Digit by digit from several readings only where no whole reading fits.
  const solution = complete
    ? (solveCounts(settled, digits, open) ??
      solveCounts(
        settled,
        digits,
        open.map((prompt) => ({ ...prompt, options: prompt.mixed })),
      ))
    : null;
  open.forEach(({ index, alone }, k) => {
    settled[index] = solution?.[k] ?? alone;
  });
  return settled;
}

interface Open {
  readonly index: number;
  readonly options: readonly string[];
  /** The options, and what they give when each digit is taken from any of them; unsure digits also as their second nearest class. */
  readonly mixed: readonly string[];
  readonly alone: string | null;
}

const MAX_MIXED = 32;

function mixReadings(options: readonly string[], match: MatchedDigits | null): readonly string[] {
  let mixed = [""];
  for (let k = 0; k < options[0].length; k++) {
    const choices = new Set(options.map((text) => text[k]));
    if (match !== null && !match.sure[k] && choices.size === 1) choices.add(match.second[k]);
    mixed = mixed.flatMap((text) => [...choices].map((digit) => text + digit));
  }
  return mixed.length <= MAX_MIXED ? mixed : options;
}

function settleAlphabet({ length, kind }: PrintedPrompt, readings: readonly string[]): string | null {
  const shape = kind === "lowercase" ? /^[a-z]+$/ : /^[A-Z]+$/;
  const fitting = readings.filter((text) => text.length === length && shape.test(text));
  const whole = new Set(fitting.filter((text) => new Set(text).size === length));
  if (whole.size === 1) return [...whole][0];
  return whole.size === 0 ? voteAlphabet(fitting, length) : null;
}

/** Each place takes the letter that most readings give it, but for those a surer place has; a place that then has no vote, or a tie, settles nothing. */
function voteAlphabet(readings: readonly string[], length: number): string | null {
  const votes = Array.from({ length }, (_, place) => {
    const counts = new Map<string, number>();
    for (const text of readings) counts.set(text[place], (counts.get(text[place]) ?? 0) + 1);
    return counts;
  });
  const letters: string[] = Array.from({ length }, () => "");
  const taken = new Set<string>();
  for (let round = 0; round < length; round++) {
    let best: { place: number; letter: string; lead: number } | null = null;
    for (let place = 0; place < length; place++) {
      if (letters[place] !== "") continue;
      const left = [...votes[place]].filter(([letter]) => !taken.has(letter)).sort((p, q) => q[1] - p[1]);
      if (left.length === 0) return null;
      const lead = left[0][1] - (left[1]?.[1] ?? 0);
      if (best === null || lead > best.lead) best = { place, letter: left[0][0], lead };
    }
    if (best === null || best.lead < 1) return null;
    letters[best.place] = best.letter;
    taken.add(best.letter);
  }
  return letters.join("");
}

const MAX_TRIED = 4096;

/** The one choice of options with which every class stands 13 times; null where there is none or more than one. */
function solveCounts(settled: readonly (string | null)[], digits: readonly number[], open: readonly Open[]): string[] | null {
  if (open.reduce((product, { options }) => product * options.length, 1) > MAX_TRIED) return null;
  const counts = new Int32Array(10);
  for (const i of digits) for (const digit of settled[i] ?? "") counts[Number(digit)]++;
  const found: string[][] = [];
  const chosen: string[] = [];
  const visit = (k: number): void => {
    if (k === open.length) {
      if (counts.every((count) => count === NIST_DIGIT_COUNT)) found.push([...chosen]);
      return;
    }
    for (const option of open[k].options) {
      for (const digit of option) counts[Number(digit)]++;
      chosen.push(option);
      visit(k + 1);
      chosen.pop();
      for (const digit of option) counts[Number(digit)]--;
    }
  };
  visit(0);
  return found.length === 1 ? found[0] : null;
}
