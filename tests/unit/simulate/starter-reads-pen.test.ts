import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { DEMO_WRITERS } from "../../../lib/simulate/demo-writers.ts";
import { inkStrokes, toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter, type SimulatedWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeCharacter } from "../../../lib/simulate/write-character.ts";

const starter = toClassifier(decodeModel(new Uint8Array(readFileSync("lib/mlp/starter/starter.ink"))));
const PX_PER_MM = 300 / 25.4;

/** Share of a writer's digits that the starter model, which saw only real people's, reads right. */
function readingRate(writer: SimulatedWriter, count: number): number {
  const rng = new Rng(writer.seed);
  const images = new Uint8Array(count * 784);
  for (let i = 0; i < count; i++) {
    const strokes = writeCharacter(String(i % 10), writer, { capHeightMm: 7.5 * writer.size, rng });
    images.set(normalizeGlyph(toBinary(inkStrokes(strokes, [PX_PER_MM, PX_PER_MM], [20, 20]))), i * 784);
  }
  const probabilities = starter.predict(images, count);
  let right = 0;
  for (let i = 0; i < count; i++) {
    const row = probabilities.subarray(i * 10, i * 10 + 10);
    if (starter.classes[row.indexOf(Math.max(...row))] === String(i % 10)) right++;
  }
  return right / count;
}

describe("the simulated pen's digits, read by the starter model", () => {
  it("reads at least 98 % over 60 writers, and at least 97 % of nine writers in ten", () => {
    const rates = Array.from({ length: 60 }, (_, i) => readingRate(buildWriter(2000 + i), 50));
    // Measured over 200 writers: 99.7 %, the worst writer 96 %.
    expect(rates.reduce((a, b) => a + b, 0) / rates.length).toBeGreaterThan(0.98);
    expect(rates.filter((rate) => rate >= 0.97).length).toBeGreaterThanOrEqual(54);
    expect(Math.min(...rates)).toBeGreaterThan(0.85);
  });

  it.each(DEMO_WRITERS)("reads $code ($name)", ({ writer }) => {
    expect(readingRate(writer, 100)).toBeGreaterThanOrEqual(0.95);
  });
});
