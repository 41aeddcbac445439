import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { measureInkReference } from "../../../lib/pipeline/measure-ink.reference.ts";
import { measureInk } from "../../../lib/pipeline/measure-ink.ts";

function draw(width: number, height: number, isInk: (x: number, y: number) => boolean): BinaryImage {
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => (isInk(i % width, Math.floor(i / width)) ? 1 : 0)) };
}

const rng = new Rng(17);
const SHAPES: readonly [string, BinaryImage][] = [
  ["one px", draw(1, 1, () => true)],
  ["a column of 600 px, broken", draw(1, 600, (_, y) => y % 3 !== 1)],
  ["a row", draw(47, 1, (x) => x % 5 < 2)],
  ["solid, 16 wide", draw(16, 9, () => true)],
  ["solid, 17 wide", draw(17, 9, () => true)],
  ["solid, 15 wide", draw(15, 9, () => true)],
  ["px at corners", draw(33, 31, (x, y) => (x + y) % 2 === 0)],
  ["a frame", draw(40, 30, (x, y) => x === 0 || y === 0 || x === 39 || y === 29)],
  ["rings in rings", draw(64, 64, (x, y) => Math.floor(Math.hypot(x - 31.5, y - 31.5) / 3) % 2 === 1)],
  ["holes of five and six px", draw(20, 9, (x, y) => !(y === 4 && ((x > 1 && x < 7) || (x > 9 && x < 16))))],
  ["a hole that opens over a corner", draw(12, 12, (x, y) => !(x > 2 && x < 8 && y > 2 && y < 8) && x !== y)],
  ["a comb, joined late", draw(41, 20, (x, y) => x % 2 === 0 && y < 18)],
  ...[0.1, 0.4, 0.6, 0.95].flatMap((share) =>
    [30, 32, 48, 65].map((width): [string, BinaryImage] => [
      `noise of ${share}, ${width} wide`,
      draw(width, 37, () => rng.float() < share),
    ]),
  ),
];

describe("measureInk", () => {
  it.each(SHAPES)("equals its plain reference: %s", (_, image) => {
    expect(measureInk(image)).toEqual(measureInkReference(image));
  });

  it("has holes to find in several of these", () => {
    expect(SHAPES.filter(([, image]) => measureInkReference(image).holes > 0).length).toBeGreaterThanOrEqual(5);
  });
});
