import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { findComponents } from "../../../lib/image/connected-components.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";

/** Flood fill, px by px in reading order: the same labels by another way. */
function flood(image: BinaryImage): Int32Array {
  const labels = new Int32Array(image.data.length);
  let label = 0;
  for (let start = 0; start < labels.length; start++) {
    if (image.data[start] === 0 || labels[start] !== 0) continue;
    label++;
    const stack = [start];
    labels[start] = label;
    while (stack.length > 0) {
      const at = stack.pop() as number;
      const x = at % image.width;
      const y = Math.floor(at / image.width);
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx;
          const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= image.width || ny >= image.height) continue;
          const next = ny * image.width + nx;
          if (image.data[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          stack.push(next);
        }
      }
    }
  }
  return labels;
}

describe("findComponents", () => {
  it("agrees with a flood fill on random pictures", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, seed, density) => {
          const rng = new Rng(seed);
          const image = { width, height, data: Uint8Array.from({ length: width * height }, () => (rng.float() < density ? 1 : 0)) };
          const { labels, components } = findComponents(image);
          expect(labels).toEqual(flood(image));
          components.forEach((component, i) => {
            expect(component.label).toBe(i + 1);
            const px = [...labels.keys()].filter((k) => labels[k] === component.label);
            const xs = px.map((k) => k % width);
            const ys = px.map((k) => Math.floor(k / width));
            expect(component.area).toBe(px.length);
            const [x, y, w, h] = component.box;
            expect([x, y, x + w - 1, y + h - 1]).toEqual([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("takes a blank page in no time", () => {
    const { components } = findComponents({ width: 2560, height: 3300, data: new Uint8Array(2560 * 3300) });
    expect(components).toEqual([]);
  });
});
