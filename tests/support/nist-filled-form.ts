import { Rng } from "../../lib/core/rng.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import { type InkMask, inkStrokes } from "../../lib/simulate/ink-mask.ts";
import { buildWriter, type SimulatedWriter } from "../../lib/simulate/simulated-writer.ts";
import { writeCharacter } from "../../lib/simulate/write-character.ts";
import type { BlankField, BlankForm } from "./nist-blank-form.ts";

export const TROUBLES = [
  "clear",
  "near",
  "on-line",
  "crossing",
  "top-line",
  "left",
  "tight",
  "touching",
  "outside",
  "thin",
  "thick",
  "slanted",
  "jumpy",
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface WrittenDigit {
  readonly field: string;
  readonly index: number;
  readonly char: string;
  /** Its px on the page, as indices. */
  readonly pixels: Int32Array;
  /** True where the ink keeps 2 px of paper to the box's lines and to its neighbours. */
  readonly isClear: boolean;
  /** True where it meets one of the box's lines. */
  readonly meetsLine: boolean;
}

export interface FilledForm {
  readonly page: BinaryImage;
  readonly digits: readonly WrittenDigit[];
}

/** One digit of about `cap` px height, with a border of one px. */
export type DrawDigit = (char: string, cap: number, rng: Rng) => InkMask;

/** px a mm at 300 dpi. */
const PX = 300 / 25.4;

/**
 * Fills the digit fields of a blank NIST form with the simulated pen, with one kind of trouble, at 1 bit.
 * @param prompts by field name
 */
export function fillNistForm(
  form: BlankForm,
  prompts: ReadonlyMap<string, string>,
  how: { seed: number; trouble: Trouble; draw?: DrawDigit },
): FilledForm {
  const { seed, trouble } = how;
  const rng = new Rng(seed * 7919 + TROUBLES.indexOf(trouble));
  const writer = buildWriter(seed, traits(trouble, rng));
  const draw: DrawDigit =
    how.draw ?? ((char, cap) => inkStrokes(writeCharacter(char, writer, { capHeightMm: cap / PX, rng }), [PX, PX], [0, 0]));
  const { width, height } = form.page;
  const data = form.page.data.slice();
  const owners = new Int32Array(data.length);
  const written: { field: string; index: number; char: string; pixels: Int32Array; ink: InkMask; blank: BlankField }[] = [];
  for (const blank of form.fields) {
    if (blank.field.kind !== "digits") continue;
    const text = prompts.get(blank.field.name) ?? "";
    place(text, draw, blank, { trouble, rng }).forEach((ink, index) => {
      const pixels: number[] = [];
      ink.coverage.forEach((value, i) => {
        if (value < 128) return;
        const at = (ink.y + Math.floor(i / ink.width)) * width + ink.x + (i % ink.width);
        pixels.push(at);
        owners[at] = written.length + 1;
      });
      written.push({ field: blank.field.name, index, char: text[index], pixels: Int32Array.from(pixels), ink, blank });
    });
  }
  const digits = written.map(({ field, index, char, pixels }, k): WrittenDigit => {
    let isClear = true;
    let meetsLine = false;
    for (const at of pixels) {
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const near = at + dy * width + dx;
          if (form.page.data[near] === 1) {
            isClear = false;
            if (Math.abs(dx) <= 1 && Math.abs(dy) <= 1) meetsLine = true;
          }
          if (owners[near] !== 0 && owners[near] !== k + 1) isClear = false;
        }
      }
    }
    return { field, index, char, pixels, isClear, meetsLine };
  });
  for (const { pixels } of digits) for (const at of pixels) data[at] = 1;
  return { page: { width, height, data }, digits };
}

function traits(trouble: Trouble, rng: Rng): Partial<SimulatedWriter> {
  const penWidthMm = trouble === "thin" ? rng.between(0.22, 0.34) : trouble === "thick" ? rng.between(0.7, 1) : rng.between(0.35, 0.65);
  return { penWidthMm, ...(trouble === "slanted" ? { slantDeg: rng.between(18, 30) } : {}) };
}

function place(text: string, draw: DrawDigit, blank: BlankField, how: { trouble: Trouble; rng: Rng }): InkMask[] {
  const { trouble, rng } = how;
  const left = Math.max(...blank.left.bottom) + 3;
  const right = Math.min(...blank.right.top) - 3;
  let cap = rng.between(0.45, 0.62) * 92 * (trouble === "outside" ? 1.45 : trouble === "tight" ? 1.15 : 1);
  for (;;) {
    const masks = [...text].map((char) => draw(char, cap, rng));
    const wide = masks.reduce((sum, mask) => sum + mask.width - 2, 0);
    const room = right - left - 8;
    const least = trouble === "touching" ? -2 : trouble === "tight" ? 1 : 5;
    if (wide + least * (text.length - 1) > room) {
      cap *= 0.94;
      continue;
    }
    const gaps = text.length > 1 ? Math.min(45, (room - wide) / (text.length - 1)) : 0;
    const gap =
      trouble === "touching" ? -2 : trouble === "tight" ? 1 + 2 * rng.float() : least + Math.max(0, gaps - least) * rng.between(0.2, 0.8);
    const total = wide + gap * (text.length - 1);
    let x = left + 4 + (trouble === "left" ? -5 - 6 * rng.float() : Math.max(0, room - total) * rng.between(0.1, 0.9));
    const slope = rng.between(-0.02, 0.02);
    return masks.map((mask) => {
      const column = Math.round(x);
      const at = Math.max(0, Math.min(blank.bottom.top.length - 1, column - blank.bottom.from));
      const low = blank.bottom.top[at];
      const high = blank.top.bottom[Math.max(0, Math.min(blank.top.bottom.length - 1, column - blank.top.from))];
      const middle = (low + high) / 2 + slope * (x - left) + rng.between(-2, 2);
      const ink = mask.height - 2;
      const y =
        trouble === "on-line"
          ? low - ink + rng.between(1, 7)
          : trouble === "near"
            ? low - ink - rng.between(-1, 4)
            : trouble === "crossing"
              ? low - ink + rng.between(8, 24)
              : trouble === "top-line"
                ? high - rng.between(0, 16)
                : trouble === "jumpy"
                  ? middle - ink / 2 + rng.between(-18, 18)
                  : middle - ink / 2;
      const moved = { ...mask, x: column - 1, y: Math.round(y) - 1 };
      x += mask.width - 2 + gap + (trouble === "touching" || trouble === "tight" ? 0 : rng.between(-3, 3));
      return moved;
    });
  }
}
