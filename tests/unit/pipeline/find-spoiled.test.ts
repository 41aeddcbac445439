import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { classifyGlyphs } from "../../../lib/pipeline/classify-glyphs.ts";
import { type BoxInk, describeInk, INK_FEATURES } from "../../../lib/pipeline/describe-ink.ts";
import { findSpoiled, type Spoiled } from "../../../lib/pipeline/find-spoiled.ts";
import { measureInk } from "../../../lib/pipeline/measure-ink.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { sufferMishap } from "../../../lib/simulate/mishaps.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeInBox } from "../../../lib/simulate/write-in-box.ts";

const SIZE = 130;

/** The pen's digit in a box of 10 mm at 300 dpi. */
function digit(char: string, seed: number): BinaryImage {
  const options = { rng: new Rng(seed), scale: [11.8, 11.8] as const, marginMm: 0.5, onBaseline: false, overflow: false };
  return toBinary(writeInBox(char, buildWriter(3), [0, 0, 10, 10.5], options));
}

/** Straight strokes, 5 px wide, from point to point. */
function draw(...paths: readonly (readonly (readonly [number, number])[])[]): BinaryImage {
  const data = new Uint8Array(SIZE * SIZE);
  for (const points of paths) {
    for (let p = 1; p < points.length; p++) {
      const [[x0, y0], [x1, y1]] = [points[p - 1], points[p]];
      for (let k = 0; k <= 200; k++) {
        const [x, y] = [Math.round(x0 + ((x1 - x0) * k) / 200), Math.round(y0 + ((y1 - y0) * k) / 200)];
        for (let dy = -2; dy <= 2; dy++) data.fill(1, (y + dy) * SIZE + x - 2, (y + dy) * SIZE + x + 3);
      }
    }
  }
  return { width: SIZE, height: SIZE, data };
}

/** All ink of several images of one size, tight. */
function together(...images: readonly BinaryImage[]): BinaryImage {
  const { width, height } = images[0];
  const at = (x: number, y: number): boolean =>
    images.some((image) => x < image.width && y < image.height && image.data[y * image.width + x] === 1);
  const data = Uint8Array.from({ length: width * height }, (_, i) => (at(i % width, Math.floor(i / width)) ? 1 : 0));
  return { width, height, data };
}

/** The digit's ink moved into the upper left corner of a 130 px box, 12 px off its sides. */
function inBox({ width, height, data }: BinaryImage): BinaryImage {
  const box = { width: SIZE, height: SIZE, data: new Uint8Array(SIZE * SIZE) };
  for (let y = 0; y < Math.min(height, SIZE - 12); y++)
    for (let x = 0; x < Math.min(width, SIZE - 12); x++) box.data[(y + 12) * SIZE + x + 12] = data[y * width + x];
  return box;
}

const classifier = toClassifier(decodeModel(new Uint8Array(readFileSync("lib/mlp/starter/starter.ink"))));

/** As the reader sees them, each with the starter's opinion. */
function see(boxes: readonly (readonly [string, BinaryImage])[]): BoxInk[] {
  const predictions = classifyGlyphs(
    boxes.map(([, image]) => normalizeGlyph(image)),
    boxes.map(([prompt]) => prompt),
    classifier,
  );
  return boxes.map(([prompt, image], i) => ({ prompt, image, prediction: predictions[i] }));
}

const written = see(Array.from({ length: 100 }, (_, i) => [String(i % 10), digit(String(i % 10), i)]));
/** What is said of one more box of the same writer. */
const judge = (prompt: string, image: BinaryImage): Spoiled | undefined => findSpoiled([...written, ...see([[prompt, image]])]).at(-1);

const cross = draw(
  [
    [6, 6],
    [70, 90],
  ],
  [
    [70, 6],
    [6, 90],
  ],
);
const scribble = draw(Array.from({ length: 9 }, (_, k) => [k % 2 === 0 ? 5 : 75, 10 + 9 * k] as const));

describe("findSpoiled", () => {
  it("calls no clean digit of the pen spoiled", () => {
    expect(findSpoiled(written).filter((spoiled) => spoiled !== null)).toEqual([]);
  });

  it("calls a digit crossed out that has a cross or a scribble over it", () => {
    for (const char of "0258") {
      expect(judge(char, together(inBox(digit(char, 7)), cross))).toBe("crossed-out");
      expect(judge(char, together(inBox(digit(char, 7)), scribble))).toBe("crossed-out");
    }
  });

  it("sees that another digit was written over, without a label for either", () => {
    for (const [below, above] of ["27", "58", "34", "60"]) {
      const both = together(inBox(digit(below, 7)), inBox(digit(above, 8)));
      expect(["overwritten", "crossed-out"]).toContain(judge(above, both));
    }
  });

  it("bears a writer whose eights, with more ink and holes than the other digits, are all hard to read", () => {
    const eights = written.map((box) => (box.prompt === "8" ? { ...box, prediction: { label: "3", probability: 0.6 } } : box));
    expect(findSpoiled(eights).filter((spoiled) => spoiled === "crossed-out" || spoiled === "overwritten")).toEqual([]);
  });

  it("tells what the pen crosses out, in any of its ways, from what it writes over", () => {
    const said = Array.from({ length: 40 }, (_, k) => {
      const char = String(k % 10);
      const options = { scale: [11.8, 11.8] as const, marginMm: 0.5, onBaseline: false, overflow: false };
      const rng = new Rng(500 + k);
      const write = (what: string) => writeInBox(what, buildWriter(3), [0, 0, 10, 10.5], { ...options, rng });
      const pen = { writer: buildWriter(3), scale: options.scale, rng };
      return judge(char, toBinary(sufferMishap(write(char), char, write, { "crossed-out": 1 }, pen).ink!));
    });
    expect(said.filter((state) => state === "crossed-out").length).toBeGreaterThanOrEqual(38);
  });

  it("takes a letter that was copied wrongly for one character, though it has more ink than the one asked for", () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz"].map((prompt, i) => ({ prompt, image: digit(prompt, i), prediction: null }));
    for (const [prompt, written] of ["if", "lg", "zg", "mM", "cw"]) {
      const said = findSpoiled([...letters, { prompt, image: digit(written, 40), prediction: null }]).at(-1);
      expect([null, "unsure"]).toContain(said);
    }
  });

  it("judges letters, and nothing where it is not known how a character is written", () => {
    const letters = [..."ABCDEFGHKLMNOPRSTUVWXZ"].map((prompt, i) => ({ prompt, image: digit(prompt, i), prediction: null }));
    expect(findSpoiled(letters).filter((spoiled) => spoiled !== null)).toEqual([]);
    const crossed = { prompt: "O", image: together(inBox(digit("O", 3)), scribble), prediction: null };
    expect(findSpoiled([...letters, crossed]).at(-1)).toBe("crossed-out");
    expect(findSpoiled([...letters, { ...crossed, prompt: "§" }]).at(-1)).toBeNull();
  });
});

describe("measureInk", () => {
  it("measures a ring that was counted by hand", () => {
    // 10 x 12, walls of 2: 10 * 12 - 6 * 8 = 72 px of ink about a hole of 48.
    const data = Uint8Array.from({ length: 120 }, (_, i) => (i % 10 < 2 || i % 10 > 7 || i < 20 || i >= 100 ? 1 : 0));
    const ring = measureInk({ width: 10, height: 12, data });
    expect(ring).toMatchObject({ density: 0.6, holes: 1, holeShare: 0.4, mostRowRuns: 2, mostColumnRuns: 2 });
    // 4 rows of one piece and 8 of two; 4 columns of one and 6 of two.
    expect(ring.rowRuns).toBeCloseTo(20 / 12, 9);
    expect(ring.columnRuns).toBeCloseTo(16 / 10, 9);
    // Outline: 2 * (20 + 16) sides of px.
    expect(ring.strokePx).toBeCloseTo((2 * 72) / ((72 * Math.PI) / 4), 9);
    expect(ring.strokeLengthPx).toBeCloseTo(72 / ring.strokePx, 9);
  });

  it("is described by as many numbers as there are names, two fewer where nothing reads it", () => {
    expect(describeInk(written)[0]).toMatchObject({ kind: "digit", features: { length: INK_FEATURES.length } });
    expect(describeInk(written.map((box) => ({ ...box, prediction: null })))[0]).toMatchObject({
      kind: "shape",
      features: { length: INK_FEATURES.length - 2 },
    });
    expect(describeInk([{ prompt: "B", image: digit("B", 1), prediction: null }])[0]).toMatchObject({
      kind: "letter",
      features: { length: INK_FEATURES.length },
    });
  });
});
