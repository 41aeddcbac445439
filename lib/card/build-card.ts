import { assertNever } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import { buildGrid, countCells, type GridMeasures } from "./build-grid.ts";
import { buildNistFields } from "./build-nist-fields.ts";
import { buildCustomPrompts, buildDigitPrompts, buildLetterPrompts } from "./build-prompts.ts";
import { encodeCardCode } from "./card-code.ts";
import type { Card, CardPage, Field } from "./card-manifest.ts";
import { type CardSpec, type CustomSpec, canonicalSpec, TEMPLATE_VERSIONS } from "./card-spec.ts";
import { buildPageFrame, type PageFrame } from "./page-frame.ts";

const DIGIT_GRID: GridMeasures = { widthMm: 10, heightMm: 10.5, headMm: 3.2, gapXMm: 2, gapYMm: 2 };
const LETTER_GRID: GridMeasures = { widthMm: 17, heightMm: 20, headMm: 4.6, gapXMm: 4, gapYMm: 4.5 };
const LETTER_COLUMNS = 9;

/** Room for "Capital letters" and "Small letters" above each half of a letters card. */
const SECTION_HEAD_MM = 9;

/**
 * Builds the card that a specification stands for: the same spec gives the same card, on every machine. All measures in mm from
 * the page's top left corner, to a hundredth; a box's edge is the middle of its printed line.
 *
 * Fields of every page: "writer" (four boxes for the writer code), then the template's: `nist-hsf` f01 to f33 (undivided boxes),
 * `digits` r01.., `letters` u01.. and l01.., `custom` c01.. (one field a row, one box a character; rows go on counting over pages).
 *
 * @throws InkformError `invalid-argument` for a spec that makes no card (see `canonicalSpec`).
 */
export function buildCard(spec: CardSpec): Card {
  const canonical = canonicalSpec(spec);
  const { template, paper, seed } = canonical;
  const code = encodeCardCode(canonical);
  const frame = buildPageFrame(paper, code);
  const pages = buildPagesOfFields(canonical, frame.body).map((fields) => buildPage(frame, fields));
  return { code, template, templateVersion: TEMPLATE_VERSIONS[template], paper, seed, pages };
}

function buildPagesOfFields({ template, seed, custom }: CardSpec, body: Box): Field[][] {
  switch (template) {
    case "nist-hsf":
      return [buildNistFields(body, seed)];
    case "digits":
      return [buildDigitFields(body, seed)];
    case "letters":
      return [buildLetterFields(body, seed)];
    case "custom":
      return custom === undefined ? [] : buildCustomPages(body, seed, custom);
    default:
      return assertNever(template);
  }
}

function buildDigitFields(body: Box, seed: number): Field[] {
  const { columns, rows } = countCells(body, DIGIT_GRID);
  const count = Math.floor((columns * rows) / 10) * 10;
  // What is left of the height goes between the rows: room for descending strokes.
  const spareMm = body[3] - rows * (DIGIT_GRID.headMm + DIGIT_GRID.heightMm + DIGIT_GRID.gapYMm) + DIGIT_GRID.gapYMm;
  const gapYMm = DIGIT_GRID.gapYMm + spareMm / (rows - 1);
  return buildGrid(buildDigitPrompts(seed, count), body, { ...DIGIT_GRID, gapYMm, columns, prefix: "r", kind: "digits" });
}

function buildLetterFields(body: Box, seed: number): Field[] {
  const prompts = buildLetterPrompts(seed);
  const grid = { ...LETTER_GRID, columns: LETTER_COLUMNS };
  const capitals = buildGrid(prompts.uppercase, below(body, SECTION_HEAD_MM), { ...grid, prefix: "u", kind: "uppercase" });
  const [, y, , height] = capitals[capitals.length - 1].box;
  const used = y + height + LETTER_GRID.gapYMm - body[1] + SECTION_HEAD_MM;
  return [...capitals, ...buildGrid(prompts.lowercase, below(body, used), { ...grid, prefix: "l", kind: "lowercase" })];
}

function buildCustomPages(body: Box, seed: number, custom: CustomSpec): Field[][] {
  const { boxMm } = custom;
  // A head of a fifth of the box, but never so low that its prompt (at least 7 pt) would touch the line below it.
  const grid = {
    widthMm: boxMm,
    heightMm: boxMm,
    headMm: Math.max(3.2, Math.min(5, boxMm / 5 + 1.4)),
    gapXMm: Math.max(2, boxMm / 6),
    gapYMm: 2,
  };
  const { columns, rows } = countCells(body, grid);
  const prompts = buildCustomPrompts(seed, custom);
  const pages: Field[][] = [];
  for (let start = 0; start < prompts.length; start += columns * rows) {
    const onPage = prompts.slice(start, start + columns * rows);
    pages.push(buildGrid(onPage, body, { ...grid, columns, prefix: "c", kind: "characters", firstRow: pages.length * rows + 1 }));
  }
  return pages;
}

function buildPage(frame: PageFrame, fields: Field[]): CardPage {
  const writer: Field = { name: "writer", kind: "writer", prompt: "", box: frame.writerRow, boxes: frame.writerBoxes };
  return {
    widthMm: frame.widthMm,
    heightMm: frame.heightMm,
    fiducials: frame.fiducials.map((f) => ({ ...f, xMm: hundredth(f.xMm), yMm: hundredth(f.yMm) })),
    codeBox: roundBox(frame.codeBox),
    fields: [writer, ...fields].map((f) => ({ ...f, box: roundBox(f.box), boxes: f.boxes.map(roundBox) })),
  };
}

function below([x, y, width, height]: Box, byMm: number): Box {
  return [x, y + byMm, width, height - byMm];
}

function roundBox([x, y, width, height]: Field["box"]): Field["box"] {
  return [hundredth(x), hundredth(y), hundredth(width), hundredth(height)];
}

function hundredth(mm: number): number {
  return Math.round(mm * 100) / 100;
}
