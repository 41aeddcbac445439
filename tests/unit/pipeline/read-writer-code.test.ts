import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import type { IsolatedInk } from "../../../lib/page/isolate-boxes.ts";
import { markSpoiled } from "../../../lib/pipeline/mark-spoiled.ts";
import type { FieldReading } from "../../../lib/pipeline/page-reading.ts";
import { readWriterCode } from "../../../lib/pipeline/read-writer-code.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeInBox } from "../../../lib/simulate/write-in-box.ts";

const starter = toClassifier(decodeModel(new Uint8Array(readFileSync("lib/mlp/starter/starter.ink"))));
const PX_PER_MM = 300 / 25.4;
const BOX_MM: Box = [10, 10, 9, 11];
const region = { box: BOX_MM.map((mm) => Math.round(mm * PX_PER_MM)) as unknown as Box, territory: [0, 0, 400, 400] as Box };

/** Digits of one simulated writer, each in a box of its own. */
function write(digits: string, seed: number, rng: Rng): IsolatedInk[] {
  const writer = buildWriter(seed);
  return [...digits].map((digit) => {
    const mask = writeInBox(digit, writer, BOX_MM, {
      rng,
      scale: [PX_PER_MM, PX_PER_MM],
      marginMm: 0.6,
      onBaseline: false,
      overflow: false,
    });
    return { image: toBinary(mask), bounds: [mask.x, mask.y, mask.width, mask.height] };
  });
}
const read = (inks: readonly (IsolatedInk | null)[]): string | null =>
  readWriterCode(
    inks,
    inks.map(() => region),
    starter,
  )?.code ?? null;

it("reads the digits that are there", () => {
  expect(read([null, ...write("4062", 1001, new Rng(5))])).toBe("4062");
  expect(read([null, null])).toBeNull();
});

it("is none where a digit changes as it leans or widens: this 1 with a long flag is read as a 7 with 0.94", () => {
  const [, , , one] = write("0011", 1076, new Rng(76));
  expect(read([one!])).toBeNull();
});

it("is none where a digit was written over another, however surely it is read", () => {
  const rng = new Rng(3);
  const digits = "01234567890123456789";
  const glyphs = write(digits, 1012, rng).map(({ image }, i) => ({
    raw: image,
    label: digits[i],
    status: "match",
    prediction: { label: digits[i], probability: 0.99 },
  }));
  const fields = [{ boxOutlines: glyphs.map(() => []), glyphs }] as unknown as FieldReading[];
  const codeOf = (images: readonly BinaryImage[]) => ({
    code: "8278",
    boxes: images.map((image, i) => ({ image, prompt: "8278"[i], prediction: { label: "8278"[i], probability: 0.99 } })),
  });
  const clean = write("8278", 1012, rng);
  expect(markSpoiled(fields, codeOf(clean.map(({ image }) => image))).writer).toBe("8278");
  const [four] = write("4", 1012, rng);
  const overwritten = clean.map(({ image }, i) => (i === 2 ? over(image, four.image) : image));
  expect(markSpoiled(fields, codeOf(overwritten)).writer).toBeNull();
});

/** Two digits in one box, their middles together. */
function over(a: BinaryImage, b: BinaryImage): BinaryImage {
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const data = new Uint8Array(width * height);
  for (const { width: w, height: h, data: own } of [a, b]) {
    const [left, top] = [(width - w) >> 1, (height - h) >> 1];
    own.forEach((ink, k) => {
      if (ink === 1) data[(top + Math.floor(k / w)) * width + left + (k % w)] = 1;
    });
  }
  return { width, height, data };
}
