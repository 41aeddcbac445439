import type { FieldKind } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import type { InkMask } from "./ink-mask.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import { type WrittenLine, writeLine } from "./write-line.ts";

export interface RunningWriting {
  readonly rng: Rng;
  readonly scale: readonly [number, number];
  /** Probability that a character touches the one before. */
  readonly touching: number;
  readonly kind: FieldKind;
  /** See `LineWriting.sampleOf`. */
  readonly sampleOf?: (char: string) => Uint8Array | null;
}

/** Ink keeps this far from the field's edges. */
const MARGIN_MM = 0.7;

/**
 * Writes text into an undivided field: a string or a line of it in one line, a `text` wrapped by words into as many lines as it needs;
 * smaller where it would not fit.
 * @returns the written characters in order (spaces left out), their masks in page px.
 */
export function writeRunning(text: string, writer: SimulatedWriter, field: Box, options: RunningWriting): { char: string; ink: InkMask }[] {
  if (text.trim() === "") return [];
  const { scale, rng, kind } = options;
  const [left, top, width, height] = field;
  const roomPx = (width - 2 * MARGIN_MM) * scale[0];
  let capHeightMm = firstCapHeight(kind, height) * (kind === "text" ? writer.size / 0.68 : writer.size / 0.72);
  // The printed lines guide the hand: in a single line it strays from them by a seventh of the field's height at most.
  const free = Math.tan((writer.baselineSlopeDeg * Math.PI) / 180);
  const steepest = kind === "text" ? Infinity : height / 7 / width;
  const slope = Math.min(steepest, Math.max(-steepest, free));
  for (let attempt = 0; ; attempt++) {
    const settings = { rng, scale, capHeightMm, gapMm: 0.35, touching: options.touching, wordGap: 0.5, slope, sampleOf: options.sampleOf };
    const lines = kind === "text" ? wrapWords(text, writer, settings, roomPx) : [{ text, line: writeLine(text, writer, settings) }];
    const pitchMm = capHeightMm * 2;
    const widest = Math.max(...lines.map(({ line }) => line.widthPx));
    const riseMm = (slope * widest) / scale[0];
    const tallMm =
      kind === "text" ? (lines.length - 1) * pitchMm + 1.6 * capHeightMm + Math.abs(riseMm) : measureHeight(lines[0].line) / scale[1];
    if ((widest > roomPx || tallMm > height - 2 * MARGIN_MM) && attempt < 24) {
      // Halfway by what is too wide, at least 6 % a time: gaps don't shrink with the writing.
      capHeightMm *= Math.min(0.94, 0.5 + (0.5 * roomPx) / Math.max(roomPx, widest));
      continue;
    }
    const start = kind === "text" ? 0 : Math.max(0, roomPx - widest) * rng.between(0.05, kind === "line" ? 0.15 : 0.6);
    const x0 = Math.round((left + MARGIN_MM) * scale[0] + start);
    return lines.flatMap(({ text: words, line }, i) => {
      const baselineMm = kind === "text" ? top + MARGIN_MM + 1.15 * capHeightMm + Math.max(0, riseMm) + i * pitchMm : null;
      return place(words, line, { x0, scale, field, baselineMm });
    });
  }
}

/** The height of a capital a writer begins with, before it has to shrink. */
function firstCapHeight(kind: FieldKind, heightMm: number): number {
  switch (kind) {
    case "text":
      return Math.min(3.6, heightMm * 0.5);
    case "line":
      return Math.min(4.5, heightMm * 0.55);
    case "lowercase":
    case "characters":
      return heightMm * 0.55;
    default:
      return heightMm * 0.68;
  }
}

function wrapWords(
  text: string,
  writer: SimulatedWriter,
  settings: Parameters<typeof writeLine>[2],
  roomPx: number,
): { text: string; line: WrittenLine }[] {
  // Widths are measured on single words; each line is then written whole and may turn out a little wider: keep a reserve.
  const words = text.split(/\s+/).filter((word) => word !== "");
  const spacePx = (settings.wordGap + writer.spacing) * settings.capHeightMm * settings.scale[0];
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const word of words) {
    const width = writeLine(word, writer, settings).widthPx;
    if (current !== "" && used + spacePx + width > roomPx * 0.93) {
      lines.push(current);
      current = word;
      used = width;
    } else {
      used += (current === "" ? 0 : spacePx) + width;
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  lines.push(current);
  return lines.map((line) => ({ text: line, line: writeLine(line, writer, settings) }));
}

/** Moves a line to its place; without a base line it is centred in the field's height, and kept off its edges where it can be. */
function place(
  text: string,
  line: WrittenLine,
  at: { x0: number; scale: readonly [number, number]; field: Box; baselineMm: number | null },
): { char: string; ink: InkMask }[] {
  const masks = line.masks.filter((mask) => mask !== null);
  const chars = [...text].filter((char) => char !== " ");
  const top = Math.min(...masks.map((mask) => mask.y));
  const middle = top + measureHeight(line) / 2;
  const y0 = Math.round(at.baselineMm === null ? (at.field[1] + at.field[3] / 2) * at.scale[1] - middle : at.baselineMm * at.scale[1]);
  return masks.map((mask, i) => ({ char: chars[i], ink: { ...mask, x: mask.x + at.x0, y: mask.y + y0 } }));
}

function measureHeight(line: WrittenLine): number {
  const masks = line.masks.filter((mask) => mask !== null);
  return Math.max(...masks.map((mask) => mask.y + mask.height)) - Math.min(...masks.map((mask) => mask.y));
}
