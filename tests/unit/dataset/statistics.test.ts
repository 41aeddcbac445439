import { describe, expect, it } from "vitest";
import { countClasses, meanImages } from "../../../lib/dataset/statistics.ts";

describe("statistics", () => {
  it("counts classes", () => {
    expect(countClasses(new Uint8Array([0, 2, 2]), 4)).toEqual([1, 0, 2, 0]);
    expect(() => countClasses(new Uint8Array([4]), 4)).toThrow(/label 4 is out of range/);
  });

  it("averages the images of a class and leaves an empty one blank", () => {
    const images = new Uint8Array(3 * 784);
    images[0] = 100;
    images[784] = 201;
    images[2 * 784 + 5] = 7;
    const means = meanImages(images, new Uint8Array([1, 1, 0]), 3);
    expect([means[784], means[5], means[2 * 784]]).toEqual([151, 7, 0]);
    expect(() => meanImages(images, new Uint8Array(2), 3)).toThrow(/2 labels want 1568 bytes/);
  });
});
