import { describe, expect, it } from "vitest";
import { countClasses, createMeanImages } from "../../../lib/dataset/statistics.ts";

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
    const mean = createMeanImages(3);
    mean.add(images.subarray(0, 784), new Uint8Array([1]));
    mean.add(images.subarray(784), new Uint8Array([1, 0]));
    const means = mean.means();
    expect([means[784], means[5], means[2 * 784]]).toEqual([151, 7, 0]);
    expect(() => mean.add(images, new Uint8Array(2))).toThrow(/2 labels want 1568 bytes/);
  });
});
