import { describe, expect, it } from "vitest";
import { crop } from "../../../lib/image/crop.ts";
import { otsuThreshold, thresholdGlobal } from "../../../lib/image/threshold-global.ts";

const gray = (values: number[]) => ({ width: values.length, height: 1, data: Uint8Array.from(values) });

describe("thresholdGlobal", () => {
  it("parts a 1-bit scan in the middle", () => {
    expect(otsuThreshold(gray([0, 0, 255, 255, 255]))).toBe(127);
    expect([...thresholdGlobal(gray([0, 0, 255])).data]).toEqual([1, 1, 0]);
  });
  it("parts two clusters between them", () => {
    const threshold = otsuThreshold(gray([10, 12, 14, 200, 210, 220, 205]));
    expect(threshold).toBeGreaterThanOrEqual(14);
    expect(threshold).toBeLessThan(200);
  });
  it("finds no ink in an even image", () => {
    expect(otsuThreshold(gray([7, 7, 7]))).toBe(-1);
    expect([...thresholdGlobal(gray([7, 7, 7])).data]).toEqual([0, 0, 0]);
  });
});

describe("crop", () => {
  const image = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
  it("copies the inside", () => expect([...crop(image, [1, 0, 2, 2]).data]).toEqual([2, 3, 5, 6]));
  it("fills beyond the edges", () => expect([...crop(image, [-1, 1, 3, 2], 9).data]).toEqual([9, 4, 5, 9, 9, 9]));
  it("is all fill where nothing is covered", () => expect([...crop(image, [7, 7, 2, 1]).data]).toEqual([0, 0]));
  it("refuses a box without area", () => expect(() => crop(image, [0, 0, 0, 1])).toThrow(/with an area/));
});
