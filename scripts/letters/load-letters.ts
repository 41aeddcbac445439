import { readFile } from "node:fs/promises";
import fontkit from "@pdf-lib/fontkit";
import type { Point } from "../../lib/core/geometry.ts";

/** Closed polylines; what they wind around is ink. Heights of a capital, y down, the base line at 0. */
export type Outline = readonly (readonly Point[])[];

export const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
/** Straight bits of a curve. */
const BITS = 6;

/**
 * The letters of a font that was made of one person's handwriting.
 * @returns null where one of the 52 is not in it
 */
export async function loadLetters(file: string): Promise<Map<string, Outline> | null> {
  const font = fontkit.create(await readFile(file));
  if (LETTERS.some((letter) => !font.hasGlyphForCodePoint(letter.codePointAt(0)!))) return null;
  const outlineOf = (letter: string): Point[][] =>
    flatten((font.glyphForCodePoint(letter.codePointAt(0)!).path as unknown as { commands: PathCommand[] }).commands);
  const capital = -Math.min(
    ...outlineOf("H")
      .flat()
      .map(({ y }) => y),
  );
  return new Map(
    LETTERS.map((letter) => [letter, outlineOf(letter).map((line) => line.map(({ x, y }) => ({ x: x / capital, y: y / capital })))]),
  );
}

interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

/** fontkit has commands, its types do not. */
function flatten(commands: readonly PathCommand[]): Point[][] {
  const lines: Point[][] = [];
  for (const { command, args } of commands) {
    const points = Array.from({ length: args.length / 2 }, (_, i): Point => ({ x: args[2 * i]!, y: -args[2 * i + 1]! }));
    if (command === "moveTo") lines.push(points);
    else if (command !== "closePath") {
      const line = lines.at(-1)!;
      const control = [line.at(-1)!, ...points];
      if (command === "lineTo") line.push(points[0]!);
      else for (let i = 1; i <= BITS; i++) line.push(onCurve(control, i / BITS));
    }
  }
  return lines;
}

/** De Casteljau: a Bezier curve's point by halves of halves. */
function onCurve(control: readonly Point[], t: number): Point {
  let points = control;
  while (points.length > 1)
    points = points.slice(1).map((to, i) => ({ x: points[i]!.x + t * (to.x - points[i]!.x), y: points[i]!.y + t * (to.y - points[i]!.y) }));
  return points[0]!;
}
