import { PREAMBLE } from "./build-prompts.ts";
import { BLACK, BOX_LINE_MM, type DrawingItem, FIELD_LINE_MM, type InkColor } from "./card-drawing.ts";
import type { CardPage, Field } from "./card-manifest.ts";
import type { CardFont } from "./font-widths.ts";
import { measureText, wrapText } from "./measure-text.ts";

const NIST_PT = 9.5;
const NIST_LINE_MM = 4;
/** Points of type per mm of head: capitals fill half of it, and neither accents nor descenders touch a line. */
const PROMPT_PT_PER_MM = 2.2;
const LEAST_HINT_PT = 5;

/** NIST's undivided fields with their prompts above, the form's sentences and the Preamble. */
export function drawNistFields(page: CardPage, color: InkColor): DrawingItem[] {
  const items: DrawingItem[] = [];
  const write = (x: number, y: number, words: string, font: CardFont, ink: InkColor = BLACK): void => {
    items.push({ kind: "text", text: words, x, y, font, sizePt: NIST_PT, anchor: "start", color: ink });
  };
  for (const field of page.fields) {
    const [x, y, width, height] = field.box;
    if (field.kind === "writer") continue;
    items.push({ kind: "frame", box: field.box, lineMm: FIELD_LINE_MM, color });
    const above = y - 1.1;
    if (field.name === "f01") {
      write(x + 2, above, "DATE", "times-bold");
      const sentences =
        "This sample of handwriting is being collected for use in testing computer recognition of hand printed numbers and letters. " +
        "Please print the following characters in the boxes that appear below.";
      const full = page.widthMm - 2 * x;
      for (const [i, line] of wrapText(sentences, full, "times-roman", NIST_PT).entries()) {
        write(x, y + height + 4.9 + i * NIST_LINE_MM, line, "times-roman");
      }
    } else if (field.name === "f02") {
      write(x + 2, above, "CITY", "times-bold");
      write(x + width * 0.6, above, "STATE", "times-bold");
      write(x + width * 0.8, above, "ZIP", "times-bold");
    } else if (field.kind === "text") {
      const lines = wrapText(PREAMBLE, width, "times-roman", NIST_PT);
      const first = y - 2 - (lines.length - 1) * NIST_LINE_MM;
      for (const [i, line] of lines.entries()) write(x, first + i * NIST_LINE_MM, line, "times-roman");
      write(x, first - NIST_LINE_MM - 0.3, "Please print the following text in the box below:", "times-bold");
    } else {
      const spaced = field.prompt.length >= 10;
      write(x + 2, above, spaced ? [...field.prompt].join(" ") : field.prompt, "times-bold", color);
    }
  }
  return items;
}

/** Boxes with heads: the prompt in the head, a line below it, the area to write in. */
export function drawBoxFields(page: CardPage, color: InkColor): DrawingItem[] {
  const fields = page.fields.filter((f) => f.kind !== "writer");
  const hints = buildHints(fields);
  const items = drawSectionHeads(fields);
  for (const field of fields) {
    const top = field.box[1];
    [...field.prompt].forEach((character, i) => {
      const [x, y, width, height] = field.boxes[i];
      const headMm = y - top;
      items.push({ kind: "frame", box: [x, top, width, headMm + height], lineMm: BOX_LINE_MM, color });
      items.push({ kind: "line", from: [x, y], to: [x + width, y], lineMm: BOX_LINE_MM, color });
      const sizePt = headMm * PROMPT_PT_PER_MM;
      const baseline = y - 0.25 * headMm;
      const hint = hints.get(character);
      const left = hints.size > 0;
      items.push({
        kind: "text",
        text: character,
        x: left ? x + 0.8 : x + width / 2,
        y: baseline,
        font: "times-bold",
        sizePt,
        anchor: left ? "start" : "middle",
        color,
      });
      if (hint === undefined) return;
      const hintPt = Math.max(LEAST_HINT_PT, sizePt * 0.6);
      const used = 0.8 + measureText(character, "times-bold", sizePt) + 0.5 + measureText(hint, "helvetica", hintPt) + 0.6;
      if (used <= width)
        items.push({ kind: "text", text: hint, x: x + width - 0.6, y: baseline, font: "helvetica", sizePt: hintPt, anchor: "end", color });
    });
  }
  return items;
}

/** "Capital letters" and "Small letters" above the halves of a letters card. */
function drawSectionHeads(fields: readonly Field[]): DrawingItem[] {
  const items: DrawingItem[] = [];
  for (const [kind, text] of [
    ["uppercase", "Capital letters"],
    ["lowercase", "Small letters"],
  ] as const) {
    const first = fields.find((f) => f.kind === kind);
    if (first === undefined) continue;
    const [x, y] = first.box;
    items.push({ kind: "text", text, x, y: y - 2.2, font: "helvetica-bold", sizePt: 11, anchor: "start", color: BLACK });
  }
  return items;
}

/**
 * On a card that holds both o and O, or 0 and O, or 1 and l, a lone small prompt is ambiguous: such a character gets a word beside it.
 */
function buildHints(fields: readonly Field[]): Map<string, string> {
  const hints = new Map<string, string>();
  if (fields.some((f) => f.kind !== "characters")) return hints;
  const set = new Set(fields.flatMap((f) => [...f.prompt]));
  for (const c of set) {
    const upper = c.toUpperCase();
    const lower = c.toLowerCase();
    if (upper !== lower && set.has(upper) && set.has(lower)) hints.set(c, c === upper ? "cap" : "small");
  }
  if (set.has("0") && (set.has("O") || set.has("o"))) addLookalikes(hints, set, "0", ["O", "o"]);
  if (set.has("1") && (set.has("I") || set.has("l"))) addLookalikes(hints, set, "1", ["I", "l"]);
  return hints;
}

function addLookalikes(hints: Map<string, string>, set: ReadonlySet<string>, digit: string, letters: readonly string[]): void {
  hints.set(digit, "digit");
  for (const c of letters) if (set.has(c)) hints.set(c, c === c.toUpperCase() ? "cap" : "small");
}
