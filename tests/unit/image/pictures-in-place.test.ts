import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { BinaryImage, GrayImage } from "../../../lib/image/images.ts";
import { takeRoom } from "../../../lib/image/kernels/take-room.ts";
import { listRuns } from "../../../lib/image/list-runs.ts";
import { measureBlocks } from "../../../lib/image/measure-blocks.ts";
import { reuseBytes, takeBytes } from "../../../lib/image/page-bytes.ts";
import { shrinkGray } from "../../../lib/image/shrink.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";
import { thresholdMean } from "../../../lib/image/threshold-mean.ts";
import { warpGray } from "../../../lib/image/warp.ts";
import { openPrintStrip, sumAcross } from "../../../lib/page/print-strip.ts";

const VIEW = Float64Array.of(1.01, 0.02, 1, -0.015, 0.99, 2, 0, 0, 1);

/** What the kernels make of a picture, as plain arrays. */
const WORKS: readonly [string, (image: GrayImage) => ArrayLike<number>][] = [
  ["thresholdLocal", (image) => thresholdLocal(image).data],
  ["thresholdMean", (image) => thresholdMean(image, 21, 0.9).data],
  ["shrinkGray", (image) => shrinkGray(image, 2).data],
  ["warpGray", (image) => warpGray(image, VIEW, image.width, image.height).data],
  ["measureBlocks", (image) => measureBlocks(image).blockMean],
  ["listRuns", (image) => listRuns({ ...image, data: image.data.map((grey) => (grey < 100 ? 1 : 0)) } as BinaryImage).starts],
  ["listRuns of ink", (image) => listRuns(inkOf(image)).ends],
  ["sumAcross", (image) => sumAcross(openPrintStrip(image, 3, 40), "h", { from: 2, to: 60, first: 4, count: 9 }).sums],
];

function inkOf(image: GrayImage): BinaryImage {
  const data = takeBytes(image.data.length, true);
  for (let i = 0; i < data.length; i++) data[i] = image.data[i] < 100 ? 1 : 0;
  return { ...image, data };
}

function draw(width: number, height: number): GrayImage {
  const rng = new Rng(width);
  const greys = Array.from({ length: 997 }, () => Math.floor(256 * rng.float()));
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => greys[(i * 7) % 997]) };
}

/** The same picture in the kernels' memory, as the first there: what lies behind it is the memory's end. */
function inPlace({ width, height, data }: GrayImage): GrayImage {
  const bytes = takeBytes(data.length, true);
  bytes.set(data);
  return { width, height, data: bytes };
}

describe("pictures in the kernels' memory", () => {
  it.each(WORKS)("come out as others do: %s", (_, work) => {
    for (const [width, height] of [
      [64, 61],
      [67, 48],
      [131, 41],
    ]) {
      const image = draw(width, height);
      const before = image.data.slice();
      const outside = Array.from(work(image));
      const inside = reuseBytes(() => {
        const own = inPlace(image);
        const result = Array.from(work(own));
        expect(own.data).toEqual(before);
        return result;
      });
      expect(inside).toEqual(outside);
      expect(image.data).toEqual(before);
    }
  });

  it.each(WORKS)("come out the same where they leave too little room, and another memory is taken: %s", (_, work) => {
    const image = draw(131, 41);
    const outside = Array.from(work(image));
    const inside = reuseBytes(() => {
      const own = inPlace(image);
      // As much as there is.
      takeBytes(64 * 2 ** 20 - 200_000);
      takeRoom([300_000]);
      const [first, again] = [Array.from(work(own)), Array.from(work(inPlace(image)))];
      expect(again).toEqual(first);
      return first;
    });
    expect(inside).toEqual(outside);
  });
});
