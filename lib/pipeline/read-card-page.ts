import type { Field } from "../card/card-manifest.ts";
import { isBilevel } from "../image/is-bilevel.ts";
import { reuseBytes } from "../image/page-bytes.ts";
import type { PageRaster } from "../image/page-raster.ts";
import { thresholdLocal } from "../image/threshold-local.ts";
import { checkLines } from "../page/check-lines.ts";
import { checkRegistration } from "../page/check-registration.ts";
import { fieldRegions, type Region } from "../page/field-regions.ts";
import { type FoundFiducial, findFiducials } from "../page/find-fiducials.ts";
import { findInkUnderReflection } from "../page/find-ink-under-reflection.ts";
import { followBend } from "../page/follow-bend.ts";
import { removeForm, subtractForm } from "../page/form-removal.ts";
import { type IsolatedInk, isolateBoxes } from "../page/isolate-boxes.ts";
import { judgeQuality, judgeStrokes } from "../page/judge-quality.ts";
import { listPrinted, type Printed, type PrintedText } from "../page/list-printed.ts";
import { type LocatedField, locateLines } from "../page/locate-lines.ts";
import { measurePageQuality, type PageQuality } from "../page/page-quality.ts";
import { type ReadPrint, readCodeText } from "../page/read-code-text.ts";
import { type PageCard, papersByFit, type ReadCodes, readPageCode } from "../page/read-page-code.ts";
import { type RectifiedPage, rectifyPage } from "../page/rectify-page.ts";
import { type CodePlace, PX_PER_MM_300, registerPage } from "../page/register-page.ts";
import { restoreWriting } from "../page/restore-writing.ts";
import type { LocatedText } from "../page/subtract-texts.ts";
import { checkLayout } from "./check-layout.ts";
import { confirmCode } from "./confirm-code.ts";
import { doubtHidden } from "./doubt-hidden.ts";
import { type ByHand, locateByHand } from "./locate-by-hand.ts";
import { markSpoiled } from "./mark-spoiled.ts";
import type { OnInk, PageInk } from "./page-ink.ts";
import type { Classifier, FieldReading, GlyphReading, PageReading } from "./page-reading.ts";
import { readCardField } from "./read-card-field.ts";
import { readWriterCode, type WriterCode } from "./read-writer-code.ts";
import { rejectPage } from "./reject-page.ts";
import { scanOutline } from "./scan-bounds.ts";
import type { OnStage } from "./stage.ts";

/** Around a printed text: its blur and what is left of it (0.4 mm). */
const PRINT_SLACK_PX = 0.4 * PX_PER_MM_300;

export interface ReadCardDeps {
  readonly readCodes: ReadCodes;
  readonly classifier: Classifier;
  /** OCR of a printed line: reads the card's text code where its square code is covered. Without it such a page is rejected. */
  readonly readPrint?: ReadPrint;
  /** Corner marks, where the caller has looked for them already. */
  readonly fiducials?: readonly FoundFiducial[];
  readonly onStage?: OnStage;
  /** What a person said about this page. */
  readonly byHand?: ByHand;
  readonly onInk?: OnInk;
}

/** After the page's bend has been followed a field lies within this of its place. */
const FIELD_REACH_MM = 1;
/** A field is sure of its place where this share of its printed lines is seen. */
const MIN_FIELD_SEEN = 0.5;
/** A box has five lines around it; with one of its sides not seen it may be another place. */
const MIN_BOX_SEEN = 0.8;
/** Where paper bends more sharply than is followed, a box's sides lie this much nearer together or farther apart than printed, and so does what is written in it; elsewhere 0.01 to 0.03 mm. */
const MAX_OFF_MM = 0.2;

/**
 * Reads one page of a card of ours: marks -> code -> registration -> 300 dpi -> ink -> form removal -> boxes -> glyphs. A page
 * that can't be read right is rejected with the reason; it never throws for what is in the picture.
 */
export async function readCardPage(raster: PageRaster, deps: ReadCardDeps): Promise<PageReading> {
  const { onStage } = deps;
  onStage?.("fiducials");
  const hand = deps.byHand === undefined ? null : await locateByHand(raster, deps.byHand, deps);
  if (hand?.rejection) return hand.rejection;
  const fiducials = hand?.marks ?? deps.fiducials ?? findFiducials(raster.gray);
  onStage?.("code");
  const scanned = hand ? { found: hand.card } : await readPageCode(raster.gray, fiducials, deps.readCodes);
  const byText = scanned.found === null && deps.readPrint ? await readCodeText(raster.gray, papersByFit(fiducials), deps.readPrint) : null;
  const code = byText ? { found: byText } : scanned;
  const marks = new Set(fiducials.map((mark) => mark.id)).size;
  const codePlace = codePlaceOf(code.found);
  if (marks < 3 && !(marks === 2 && codePlace)) {
    return rejectPage(
      "fiducials-missing",
      `Only ${marks} of the card's four corner marks can be seen; three are needed, or two and the square code. Scan the whole page, with nothing lying on its corners.`,
      code.found?.card,
    );
  }
  if (code.found === null) {
    return code.problem === "invalid"
      ? rejectPage("code-invalid", `The card's code was read, but it is not one of this program's: ${code.message}.`)
      : rejectPage(
          "code-unreadable",
          "The card's square code, at its lower left, can't be read, nor the text code printed right of it: they are covered, torn or blurred. Scan the page again with the code uncovered, or type the text code into this page's form.",
        );
  }
  const { card, page } = code.found;
  onStage?.("registration");
  const registration = registerPage(fiducials, page, codePlace);
  if (registration === null)
    return rejectPage("fiducials-missing", "The card's corner marks can't be told apart. Scan the card alone on the page.", card);
  const printed = listPrinted(card, code.found.pageIndex);
  const followed = followBend(raster.gray, page, { ...registration, lines: printed.lines });
  const problem = checkRegistration(raster.gray, page, registration, followed.bend);
  const { rotationDeg, pxPerMm } = registration;
  const residualPx = hand?.residualMm == null ? registration.residualPx : hand.residualMm * pxPerMm;
  const registered = { rotationDeg: rounded(rotationDeg), residualPx: rounded(residualPx), scale: rounded(pxPerMm / PX_PER_MM_300) };
  if (problem) return { ...rejectPage(problem.code, problem.message, card), registration: registered };

  onStage?.("rectify");
  const pageCode = code.found;
  const raggedPx = isBilevel(raster.gray) ? PX_PER_MM_300 / pxPerMm : 0;
  // The whole page's images are done with when its fields are read.
  const { quality, poor, fields, writer } = reuseBytes(() => {
    const rectified = rectifyPage(raster, registration.mmToPx, page, pageCode.dropOut, followed.bend);
    onStage?.("lines");
    const located = page.fields.map((field) => locateLines(rectified, field, printed.lines, FIELD_REACH_MM));
    const measured = measurePageQuality(rectified, page, located, registration);
    const tooPoor = judgeQuality(measured, page);
    if (tooPoor) return { quality: measured, poor: tooPoor, fields: [], writer: null };
    const { dottedShare, ...read } = readFields(rectified, pageCode, { located, printed, quality: measured }, { ...deps, raggedPx });
    return { quality: measured, poor: judgeStrokes(dottedShare), ...read };
  });
  if (poor) return { ...rejectPage(poor.code, poor.message, card), registration: registered, quality };
  const misfit = checkLayout(quality.linesSeen, fields, byText !== null || hand?.fromText === true) ?? checkLines(registration, followed);
  if (misfit) return { ...rejectPage(misfit.code, misfit.message, card), registration: registered, quality };
  const cardPage = code.found.pageIndex + 1;
  const { template, code: cardCode } = card;
  return { status: "read", reason: null, template, card: cardCode, cardPage, writer, registration: registered, quality, fields };
}

/** Which of a field's regions lie under a reflection. */
function markWashedOut(field: string, regions: readonly Region[], { hidden }: PageQuality): Region[] {
  const own = hidden.filter((box) => box.by === "reflection" && box.field === field);
  return regions.map((region, i) => (own.some(({ index }) => index === null || index === i) ? { ...region, washedOut: true } : region));
}

/** Where the square code itself was read, so that it can stand for a mark. */
function codePlaceOf(found: PageCard | null): CodePlace | null {
  return found?.codeModules === undefined ? null : { corners: found.codeCorners, modules: found.codeModules };
}

function readFields(
  rectified: RectifiedPage,
  { page }: PageCard,
  { located, printed, quality }: { located: readonly LocatedField[]; printed: Printed; quality: PageQuality },
  { classifier, onStage, onInk, raggedPx }: ReadCardDeps & { raggedPx: number },
): { fields: FieldReading[]; writer: string | null; dottedShare: number } {
  const linesVisible = located.some(({ lines, seenShare }) => lines.length > 0 && seenShare >= MIN_FIELD_SEEN);
  const texts = locateTexts(rectified, printed.texts, located);
  onStage?.("form removal");
  const unprinted = subtractForm(restoreWriting(rectified.gray, quality), located, texts, raggedPx);
  onStage?.("threshold");
  const ink = thresholdLocal(unprinted.gray, { paper: unprinted.paper });
  const regions = located.map((field) => markWashedOut(field.field.name, fieldRegions(rectified, field), quality));
  findInkUnderReflection(
    ink,
    unprinted.gray,
    regions.flat().flatMap(({ washedOut, territory }) => (washedOut ? [territory] : [])),
  );
  onStage?.("form removal");
  const removed = removeForm(ink, unprinted, texts);
  if (onInk) {
    const pageInk: PageInk = { ink: removed.ink, band: removed.band, toScan: rectified.toScan };
    onInk(new Map(page.fields.map(({ name }) => [name, pageInk])));
  }
  onStage?.("boxes");
  const { inks: isolated, dottedShare } = isolateBoxes(
    removed,
    regions.flat(),
    texts.map(({ box: [x, y, w, h] }) => [x - PRINT_SLACK_PX, y - PRINT_SLACK_PX, w + 2 * PRINT_SLACK_PX, h + 2 * PRINT_SLACK_PX]),
  );

  onStage?.("glyphs");
  let next = 0;
  let code: WriterCode | null = null;
  const fields: FieldReading[] = [];
  for (const [i, field] of page.fields.entries()) {
    const inks = isolated.slice(next, next + regions[i].length);
    next += regions[i].length;
    if (field.kind === "writer") code = readWriterCode(inks, regions[i], classifier);
    const reading = describeField(rectified, field, regions[i], inks, classifier);
    fields.push(linesVisible ? doubtUnplaced(reading, located[i]) : reading);
  }
  const marked = markSpoiled(doubtHidden(fields, quality.hidden), code);
  const isConfirmed = code !== null && marked.writer !== null && confirmCode(code.boxes, marked.fields);
  return { fields: marked.fields, writer: isConfirmed ? marked.writer : null, dottedShare };
}

/** Texts move with the field whose lines stand round them. */
function locateTexts(page: RectifiedPage, texts: readonly PrintedText[], fields: readonly LocatedField[]): LocatedText[] {
  return texts.map(({ box, look }) => {
    const [x, y, w, h] = boxToPx(page, box);
    const home = fields.find(
      ({ field }) =>
        box[0] >= field.box[0] - 0.1 &&
        box[0] <= field.box[0] + field.box[2] &&
        box[1] >= field.box[1] - 5 &&
        box[1] <= field.box[1] + field.box[3],
    );
    return { box: home ? [x + home.shift[0], y + home.shift[1], w, h] : [x, y, w, h], look };
  });
}

/** A field or box whose own lines can't be seen where others' can may lie elsewhere, and one whose sides are not where they should be is out of shape: nothing in it is taken for granted. */
function doubtUnplaced(field: FieldReading, { seenShare, boxesSeen, boxesOff }: LocatedField): FieldReading {
  const placed = (i: number): boolean =>
    seenShare >= MIN_FIELD_SEEN && (boxesSeen[i] ?? 1) >= MIN_BOX_SEEN && (boxesOff[i] ?? 0) <= MAX_OFF_MM;
  const glyphs = field.glyphs.map(
    (glyph, i): GlyphReading => (placed(i) || glyph.status === "blank" ? glyph : { ...glyph, status: "unsure" }),
  );
  return { ...field, glyphs };
}

function describeField(
  page: RectifiedPage,
  field: Field,
  regions: readonly Region[],
  inks: readonly (IsolatedInk | null)[],
  classifier: Classifier,
): FieldReading {
  const [x, y, width, height] = boxToPx(page, field.box);
  return {
    name: field.name,
    kind: field.kind,
    prompt: field.prompt,
    promptSource: field.prompt === "" ? "none" : "card",
    outline: scanOutline(page.toScan, [x, y, width, height]),
    boxOutlines: field.boxes.length > 0 ? regions.map((region) => scanOutline(page.toScan, region.box)) : [],
    glyphs: readCardField(page, field, regions, inks, classifier),
  };
}

function boxToPx(
  { originMm }: RectifiedPage,
  [x, y, width, height]: readonly [number, number, number, number],
): [number, number, number, number] {
  return [(x - originMm.x) * PX_PER_MM_300, (y - originMm.y) * PX_PER_MM_300, width * PX_PER_MM_300, height * PX_PER_MM_300];
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
