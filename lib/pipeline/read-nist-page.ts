import type { Box } from "../core/geometry.ts";
import { findDoubtful } from "../glyph/find-doubtful.ts";
import { normalizeInk } from "../glyph/normalize-ink.ts";
import { type Segmentation, segmentField } from "../glyph/segment-field.ts";
import { applyHomography, multiplyHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { cleanPrompt, type PrintedPrompt } from "../page/nist-clean-prompt.ts";
import { findNistForm } from "../page/nist-find-form.ts";
import { NIST_FIELDS, type NistField } from "../page/nist-form.ts";
import { type IsolatedField, isolateField } from "../page/nist-isolate-field.ts";
import { settlePrompts } from "../page/nist-settle-prompts.ts";
import { makeUpright, type UprightPage } from "../page/nist-upright-page.ts";
import { classifyGlyphs } from "./classify-glyphs.ts";
import type { OnInk, PageInk } from "./page-ink.ts";
import type { Classifier, FieldReading, GlyphReading, PageReading } from "./page-reading.ts";
import { rejectPage } from "./reject-page.ts";
import { scanBounds, scanOutline } from "./scan-bounds.ts";

export interface ReadNistDeps {
  /** OCR: for each printed prompt its readings, likeliest first. */
  readonly readPrompts: (prompts: readonly PrintedPrompt[]) => Promise<readonly (readonly string[])[]>;
  /** Prompts by field name from NIST's reference file (`parseReference`); they override what is printed. */
  readonly reference?: ReadonlyMap<string, string>;
  readonly classifier: Classifier;
  readonly onInk?: OnInk;
}

export const NIST_TEMPLATE = "nist-hsf-1990";

/**
 * So much of the boxes' lines must be there, looked at px by px: the form is found by long runs at 100 dpi, which rows of text have too. Forms have 0.9 and more, three pages of text
 * with tables that fitted it well enough had 0.3 to 0.5.
 */
const MIN_LINE_SHARE = 0.65;

/** Below this many px per px of a 300 dpi scan handwriting is too coarse to be cut: 100 dpi. */
const MIN_SCALE = 0.33;

/**
 * Reads an original NIST Handwriting Sample Form: boxes -> registration -> fields without form -> prompts from their print -> glyphs.
 * A picture that holds no such form is rejected with the reason (`no-card`).
 */
export async function readNistPage(image: GrayImage, deps: ReadNistDeps): Promise<PageReading> {
  const found = findNistForm(image);
  if (found === null) return rejectAsNone();
  const upright = makeUpright(image, found);
  const registration = { rotationDeg: upright.rotationDeg, scale: upright.scale, residualPx: found.residualPx };
  if (upright.scale < MIN_SCALE) {
    return {
      ...rejectPage(
        "low-resolution",
        `This NIST form has only ${Math.round(300 * upright.scale)} dots an inch; at least 100 are needed, 300 are best. Scan it again.`,
      ),
      template: NIST_TEMPLATE,
      registration,
    };
  }
  const written = NIST_FIELDS.filter(({ length }) => length > 0);
  const isolated = new Map(written.map((field) => [field.name, isolateField(upright.binary, field, upright.formToPage)]));
  const lineShare = [...isolated.values()].reduce((sum, field) => sum + field.lineShare / isolated.size, 0);
  if (lineShare < MIN_LINE_SHARE) return rejectAsNone();
  deps.onInk?.(new Map([...isolated].map(([name, field]) => [name, toPageInk(field, upright)])));
  const prompts = await findPrompts(written, isolated, deps);
  const fields = NIST_FIELDS.map((field) => {
    const isolation = isolated.get(field.name);
    return isolation
      ? readField(field, isolation, prompts.get(field.name) ?? null, { upright, classifier: deps.classifier })
      : describePicture(field, upright);
  });
  return { status: "read", reason: null, template: NIST_TEMPLATE, card: null, writer: null, registration, quality: null, fields };
}

function rejectAsNone(): PageReading {
  return rejectPage(
    "no-card",
    "This page is no card of ours and no NIST Handwriting Sample Form: no such boxes are printed on it. Check that the whole page is in the picture.",
  );
}

function toPageInk({ ink, region: [x, y] }: IsolatedField, { pageToImage }: UprightPage): PageInk {
  return { ink, band: null, toScan: (px) => applyHomography(pageToImage, { x: px.x + x, y: px.y + y }) };
}

interface Prompt {
  readonly text: string;
  readonly source: "ocr" | "reference";
}

async function findPrompts(
  fields: readonly NistField[],
  isolated: ReadonlyMap<string, IsolatedField>,
  deps: ReadNistDeps,
): Promise<Map<string, Prompt>> {
  const prompts = new Map<string, Prompt>();
  for (const [name, text] of deps.reference ?? []) prompts.set(name, { text, source: "reference" });
  if (fields.every(({ name }) => prompts.has(name))) return prompts;
  const printed = fields.flatMap(({ name, kind, length }): PrintedPrompt[] => {
    const isolation = isolated.get(name);
    return isolation && (kind === "digits" || kind === "lowercase" || kind === "uppercase")
      ? [{ name, kind, length, print: cleanPrompt(isolation.prompt) }]
      : [];
  });
  const settled = settlePrompts(printed, await deps.readPrompts(printed));
  printed.forEach(({ name }, i) => {
    const text = settled[i];
    if (text !== null && !prompts.has(name)) prompts.set(name, { text, source: "ocr" });
  });
  return prompts;
}

function readField(
  field: NistField,
  isolation: IsolatedField,
  prompt: Prompt | null,
  page: { upright: UprightPage; classifier: Classifier },
): FieldReading {
  const expectedCount = prompt?.text.length ?? field.length;
  const isDigits = field.kind === "digits";
  const segmentation = segmentField(isolation.ink, {
    expectedCount,
    ...(prompt ? { prompt: prompt.text } : {}),
    ...(isDigits ? { classifier: page.classifier } : {}),
  });
  const toImage = page.upright.pageToImage;
  return {
    name: field.name,
    kind: field.kind,
    prompt: prompt?.text ?? "",
    promptSource: prompt?.source ?? "none",
    outline: isolation.outline.map((corner) => tenths(applyHomography(toImage, corner))),
    boxOutlines: [],
    glyphs: describeGlyphs(isolation, segmentation, prompt, page),
  };
}

function describeGlyphs(
  isolation: IsolatedField,
  { segments, countMatches, guessed }: Segmentation,
  prompt: Prompt | null,
  page: { upright: UprightPage; classifier: Classifier },
): GlyphReading[] {
  const labels = segments.map(({ position }) => (position === null || prompt === null ? null : prompt.text[position]));
  const images = segments.map(({ image }) => normalizeInk(image));
  const predictions = classifyGlyphs(images, labels, page.classifier);
  const doubtfulCuts = findDoubtful(segments);
  return segments.map((segment, i): GlyphReading => {
    const box: Box = [isolation.region[0] + segment.x, isolation.region[1] + segment.y, segment.image.width, segment.image.height];
    const label = labels[i];
    const prediction = predictions[i];
    const mismatch = prediction !== null && prediction.label !== label;
    return {
      bounds: scanBounds(page.upright.pageToImage, box),
      raw: segment.image,
      image: images[i],
      label,
      status: label === null || !countMatches || guessed || doubtfulCuts[i] ? "unsure" : mismatch ? "mismatch" : "labelled",
      prediction,
    };
  });
}

/** Fields that are kept as a picture only: date, city, the paragraph. */
function describePicture(field: NistField, upright: UprightPage): FieldReading {
  const formToImage = multiplyHomography(upright.pageToImage, upright.formToPage);
  return {
    name: field.name,
    kind: field.kind,
    prompt: "",
    promptSource: "none",
    outline: scanOutline(formToImage, field.box),
    boxOutlines: [],
    glyphs: [],
  };
}

function tenths({ x, y }: { x: number; y: number }): [number, number] {
  return [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
}
