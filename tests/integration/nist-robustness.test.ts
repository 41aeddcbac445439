import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BinaryImage, GrayImage } from "../../lib/image/images.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../lib/mlp/to-classifier.ts";
import { readNistPage } from "../../lib/pipeline/read-nist-page.ts";
import { createPromptReader } from "../../lib/server/ocr/prompt-reader.ts";
import { type BlankForm, blankNistForm } from "../support/nist-blank-form.ts";
import { fillNistForm, type Trouble } from "../support/nist-filled-form.ts";
import { recomposePrompts } from "../support/nist-recompose-prompts.ts";
import { type DigitScore, scoreDigits } from "../support/nist-score.ts";
import { movePage } from "../support/nist-turn-page.ts";

// One real page emptied of its handwriting and filled again by the simulated pen, so that every px of every digit is known.
const folder = process.env.NIST_DIR;
const root = process.env.INKFORM_ROOT ?? process.cwd();

function toGray({ width, height, data }: BinaryImage): GrayImage {
  return { width, height, data: data.map((value) => (value === 1 ? 0 : 255)) };
}

describe.skipIf(!folder)("other writers and other templates on an original NIST form (needs NIST_DIR)", () => {
  const classifier = toClassifier(decodeModel(new Uint8Array(readFileSync(path.join(root, "lib/mlp/starter/starter.ink")))));
  const reader = createPromptReader();
  let form: BlankForm;
  let printed: Map<string, string>;

  beforeAll(async () => {
    const truth = JSON.parse(readFileSync(path.join(folder ?? "", "f1002_33.json"), "utf8")) as {
      digitFields: string[];
      lowercaseField: string;
      uppercaseField: string;
    };
    const prompts = [...truth.digitFields, truth.lowercaseField, truth.uppercaseField];
    printed = new Map(prompts.map((prompt, i) => [`f${String(i + 3).padStart(2, "0")}`, prompt]));
    const { data, info } = await sharp(path.join(folder ?? "", "f1002_33.png"))
      .grayscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    form = blankNistForm({ width: info.width, height: info.height, data: new Uint8Array(data) });
  });
  afterAll(() => reader.close());

  async function score(trouble: Trouble, seed: number, turnDeg: number): Promise<DigitScore[]> {
    const filled = fillNistForm(form, printed, { seed, trouble });
    const moved = movePage(filled.page, filled.digits, { turnDeg, shift: [seed % 40, -(seed % 50)], scale: 1 });
    const page = toGray(moved.page);
    const reading = await readNistPage(page, { readPrompts: () => Promise.reject(new Error("not asked")), reference: printed, classifier });
    expect(reading.status).toBe("read");
    expect(new Set(reading.fields.filter(({ name }) => printed.has(name)).map(({ promptSource }) => promptSource))).toEqual(
      new Set(["reference"]),
    );
    return scoreDigits(reading, page, moved.digits);
  }

  it.each<[Trouble, number, number, { whole: number; labelled: number }]>([
    ["clear", 1001, 1.1, { whole: 130, labelled: 130 }],
    ["on-line", 1015, -0.7, { whole: 125, labelled: 126 }],
    ["crossing", 1022, 2, { whole: 106, labelled: 124 }],
    ["top-line", 1029, -1.6, { whole: 112, labelled: 124 }],
    ["outside", 1057, 0.4, { whole: 124, labelled: 122 }],
    ["jumpy", 1085, 0, { whole: 126, labelled: 126 }],
  ])("%s (writer %i, turned by %f degrees): clear digits px for px, the others nearly whole", async (trouble, seed, turnDeg, least) => {
    const scores = await score(trouble, seed, turnDeg);
    const clear = scores.filter(({ digit }) => digit.isClear);
    expect(clear.filter(({ isExact }) => !isExact)).toEqual([]);
    expect(scores.filter(({ iou }) => iou > 0.8).length).toBeGreaterThanOrEqual(least.whole);
    expect(scores.filter(({ isLabelled }) => isLabelled).length).toBeGreaterThanOrEqual(least.labelled);
  });

  it.each([
    [0, 0, 0.985, "clear"],
    [1, 1.3, 1.018, "crossing"],
    [2, -2, 1, "top-line"],
    [4, -0.9, 1, "outside"],
  ] as const)(
    "prompts of another template (%i), turned by %f degrees, at %f of its size, writing %s",
    async (seed, turnDeg, scale, trouble) => {
      const other = recomposePrompts(form, printed, seed);
      const filled = fillNistForm({ ...form, page: other.page }, other.prompts, { seed, trouble });
      const moved = movePage(filled.page, filled.digits, { turnDeg, shift: [40, -55], scale, width: 2480, height: 3380 });
      const reading = await readNistPage(toGray(moved.page), { readPrompts: reader.read, classifier });
      const asked = reading.fields.filter(({ name }) => other.prompts.has(name));
      // Never a wrong one; at most one left open.
      expect(asked.filter(({ name, prompt }) => prompt !== "" && prompt !== other.prompts.get(name))).toEqual([]);
      expect(asked.filter(({ prompt }) => prompt === "").length).toBeLessThanOrEqual(1);
    },
  );
});
