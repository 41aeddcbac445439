import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PageReading } from "../../../lib/pipeline/page-reading.ts";
import { closeNistReader } from "../../../lib/server/services/read/nist-reader.ts";
import { readScan } from "../../../lib/server/services/read/read-scan.ts";
import { makeCorpusPage, readCorpusPage } from "../../../scripts/bench/corpus/read-corpus-page.ts";
import { intersectionOverUnion, OVERLAP } from "../../../scripts/bench/corpus/score-boxes.ts";
import type { CaseTruth } from "../../corpus/case-truth.ts";

const FOLDER = join(import.meta.dirname, "../../corpus");
const model = readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));

afterAll(closeNistReader);

function loadCase(name: string): CaseTruth {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as CaseTruth;
}

/** Boxes whose glyph has the prompt as label and lies where the pen wrote, or that are blank as they were left. */
function countRight(reading: PageReading, { fields }: CaseTruth): { right: number; boxes: number } {
  let [right, boxes] = [0, 0];
  for (const [name, glyphs] of Object.entries(fields)) {
    const read = reading.fields.find((field) => field.name === name)?.glyphs ?? [];
    glyphs.forEach(([prompt, ...place], i) => {
      const [x, y, width, height, slackPx] = place as number[];
      const got = read[i];
      boxes++;
      if (place.length === 0) right += got?.status === "blank" ? 1 : 0;
      else if (got?.label === prompt && intersectionOverUnion(got.bounds, { bounds: [x, y, width, height], slackPx }) >= OVERLAP) right++;
    });
  }
  return { right, boxes };
}

describe("committed cases", () => {
  const total = { right: 0, boxes: 0 };
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".json"))) {
    const truth = loadCase(name);
    it(`${truth.file}: ${truth.about}`, async () => {
      const readings: PageReading[] = [];
      const file = { name: truth.file, bytes: readFileSync(join(FOLDER, truth.file)) };
      for await (const { reading } of readScan(file, { model, previews: false })) readings.push(reading);
      expect(readings).toHaveLength(1);
      const [reading] = readings;
      if (truth.card === null) {
        expect(reading.status).toBe("rejected");
        expect(reading.reason?.message).toMatch(/\w+\./);
        return;
      }
      expect(reading.reason).toBeNull();
      expect(reading.card).toBe(truth.card);
      // A wrong writer is worse than none.
      expect([truth.writer, null]).toContain(reading.writer);
      const { right, boxes } = countRight(reading, truth);
      expect(right / boxes).toBeGreaterThanOrEqual(0.98);
      total.right += right;
      total.boxes += boxes;
    });
  }
  it("have at least 99.8 % of the boxes right", () => {
    process.stderr.write(`committed cases: ${total.right} of ${total.boxes} boxes right\n`);
    expect(total.right / total.boxes).toBeGreaterThanOrEqual(0.998);
  });
});

describe("a slice of the big corpus, made on the spot", () => {
  for (const [kind, index] of [
    ["scan-100", 3],
    ["phone-small", 3],
    ["phone-tilted", 1],
    ["feeder", 1],
    ["coloured-ink", 1],
  ] as const) {
    it(`${kind}, page ${index}`, async () => {
      const { verdicts } = await readCorpusPage(await makeCorpusPage({ kind, index, seed: 1 }));
      for (const { outcome, faults, boxes, boxesRight, residualMm } of verdicts) {
        expect({ outcome, faults }).toEqual({ outcome: "read", faults: [] });
        expect(boxesRight / boxes).toBeGreaterThanOrEqual(0.98);
        expect(residualMm).toBeLessThan(0.3);
      }
    });
  }
});
