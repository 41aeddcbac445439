import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import type { IsolatedInk } from "../../../lib/page/isolate-boxes.ts";
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
  );

it("reads the digits that are there", () => {
  expect(read([null, ...write("4062", 1001, new Rng(5))])).toBe("4062");
  expect(read([null, null])).toBeNull();
});

it("is none where a digit changes as it leans or widens: this 1 with a long flag is read as a 7 with 0.94", () => {
  const [, , , one] = write("0011", 1076, new Rng(76));
  expect(read([one!])).toBeNull();
});
