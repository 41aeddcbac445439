import { describe, expect, it } from "vitest";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { measureLine } from "../../../lib/page/nist-measure-line.ts";
import { removeLine } from "../../../lib/page/nist-remove-line.ts";

const WIDTH = 400;
const HEIGHT = 120;

/** A line 7 px thick that climbs by 1 px in 100, its middle at y = 80 at the left; `paint` adds ink over it. */
function ruled(paint: (set: (x: number, y: number, w: number, h: number) => void) => void): BinaryImage {
  const image = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) };
  const set = (x: number, y: number, w: number, h: number): void => {
    for (let row = y; row < y + h; row++) image.data.fill(1, row * WIDTH + x, row * WIDTH + x + w);
  };
  for (let x = 20; x < 380; x++) set(x, Math.round(77 - x / 100), 1, 7);
  paint(set);
  return image;
}

function removed(image: BinaryImage): { ink: BinaryImage; before: BinaryImage } {
  const line = measureLine(image, { from: 20, to: 380, a: 84, b: -0.01 }, 7);
  expect(line.seen).toBeGreaterThan(0.7);
  expect(Math.abs(line.a + 200 * line.b - 78.5)).toBeLessThan(0.6);
  expect(line.thickness).toBe(7);
  const ink = { ...image, data: image.data.slice() };
  removeLine(ink, line, { crossings: [], outside: 1 });
  return { ink, before: image };
}

const at = (image: BinaryImage, x: number, y: number): number => image.data[y * WIDTH + x];
const total = (image: BinaryImage): number => image.data.reduce((sum, value) => sum + value, 0);

describe("removeLine", () => {
  it("takes a bare line away, whole", () => {
    const { ink } = removed(ruled(() => undefined));
    expect(total(ink)).toBe(0);
  });

  it("keeps a stroke that crosses it", () => {
    const { ink } = removed(ruled((set) => set(150, 30, 6, 75)));
    for (let y = 30; y < 105; y++) for (let x = 150; x < 156; x++) expect(at(ink, x, y)).toBe(1);
    expect(total(ink) - 6 * 75).toBeLessThanOrEqual(14);
  });

  it("keeps a stroke that ends on it, and little of the line", () => {
    const { ink } = removed(ruled((set) => set(150, 30, 6, 46)));
    for (let y = 30; y < 75; y++) for (let x = 150; x < 156; x++) expect(at(ink, x, y)).toBe(1);
    expect(total(ink)).toBeLessThan(6 * 53 + 6);
  });

  it("keeps the arc of a loop that lies in the line", () => {
    // A 0, 32 x 46 px, strokes of 6 px, whose bottom lies in the line.
    const ring = (set: (x: number, y: number, w: number, h: number) => void): void => {
      for (let y = -23; y < 23; y++) {
        for (let x = -16; x < 16; x++) {
          const outer = ((x + 0.5) / 16) ** 2 + ((y + 0.5) / 23) ** 2;
          const inner = ((x + 0.5) / 10) ** 2 + ((y + 0.5) / 17) ** 2;
          if (outer <= 1 && inner > 1) set(165 + x, 58 + y, 1, 1);
        }
      }
    };
    const { ink } = removed(ruled(ring));
    const alone = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) };
    ring((x, y) => {
      alone.data[y * WIDTH + x] = 1;
    });
    const both = total({ ...ink, data: ink.data.map((value, i) => value & alone.data[i]) });
    expect(both / (total(ink) + total(alone) - both)).toBeGreaterThan(0.93);
    for (let x = 160; x < 170; x++) expect(at(ink, x, 77)).toBe(1);
  });

  it("does not join two characters along the line", () => {
    const { ink } = removed(
      ruled((set) => {
        set(150, 40, 6, 38);
        set(185, 40, 6, 38);
      }),
    );
    for (let x = 158; x < 183; x++) for (let y = 70; y < 90; y++) expect(at(ink, x, y)).toBe(0);
  });
});
