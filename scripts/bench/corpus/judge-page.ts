import type { PageReading } from "../../../lib/pipeline/page-reading.ts";
import type { SheetTruth } from "./corpus-kind.ts";
import type { PageVerdict } from "./page-verdict.ts";
import { measureScale, scoreBoxes } from "./score-boxes.ts";

/** A box whose outline lies farther than this from where it was printed is attached to the wrong place. */
const MISPLACED_MM = 2;
/** More wrong boxes than this share make a page wrong. */
const WRONG_SHARE = 0.02;

/**
 * Compares the readings of one picture with the cards that lie in it: one verdict a card, or one for the picture where there is none.
 *
 * A page is wrong when it was read and the card's code, the page's fields or the writer differ from the truth (a writer that could
 * not be read is none, and not wrong), or a box lies more than 2 mm from its place, or more than 2 % of its boxes are not right
 * without being marked as doubtful.
 */
export function judgePage(readings: readonly PageReading[], sheets: readonly SheetTruth[]): PageVerdict[] {
  const read = readings.filter((reading) => reading.status === "read");
  if (sheets.length === 0) return read.length > 0 ? [unread("wrong", null, ["nothing-there"])] : [unread("refused", reasonOf(readings[0]))];
  const left = new Set(read);
  const verdicts = sheets.map((sheet) => {
    const own =
      [...left].find((reading) => reading.card === sheet.card.code && samePage(reading, sheet)) ??
      (sheets.length === 1 ? read[0] : undefined);
    if (own) left.delete(own);
    return own ? judgeReading(own, sheet) : null;
  });
  const stray = left.size > 0;
  const refusals = readings.filter((reading) => reading.status === "rejected");
  return verdicts.map((verdict) => {
    if (verdict === null) return stray ? unread("wrong", null, ["card"]) : unread("refused", reasonOf(refusals.shift()) ?? "not-found");
    return stray ? { ...verdict, outcome: "wrong" as const, faults: [...verdict.faults, "nothing-there"] } : verdict;
  });
}

function judgeReading(reading: PageReading, sheet: SheetTruth): PageVerdict {
  const scores = scoreBoxes(reading, sheet.truth, sheet.project);
  const places = measurePlaces(reading, sheet);
  const wrong = scores.filter((score) => !score.right && !score.told).length;
  const faults: string[] = [];
  if (reading.card !== sheet.card.code) faults.push("card");
  else if (!samePage(reading, sheet)) faults.push("page");
  if (reading.writer !== null && reading.writer !== sheet.truth.writerCode) faults.push("writer");
  if (places.some((mm) => mm > MISPLACED_MM)) faults.push("place");
  if (wrong > WRONG_SHARE * scores.length) faults.push("boxes");
  return {
    outcome: faults.length > 0 ? "wrong" : "read",
    reason: null,
    faults,
    boxes: scores.length,
    boxesRight: scores.filter((score) => score.right).length,
    boxesWrong: wrong,
    residualMm: Math.sqrt(places.reduce((sum, mm) => sum + mm * mm, 0) / Math.max(1, places.length)),
    template: reading.template,
    misses: scores.filter((score) => !score.right),
  };
}

/** For each box (or undivided field) the mean distance in mm of its outline's corners from where they were printed. */
function measurePlaces(reading: PageReading, { card, pageIndex, truth, project }: SheetTruth): number[] {
  const fields = new Map(reading.fields.map((field) => [field.name, field]));
  return card.pages[pageIndex]!.fields.flatMap((field) => {
    const got = fields.get(field.name);
    if (!got) return [];
    const boxes = field.boxes.length > 0 ? field.boxes : [field.box];
    const outlines = field.boxes.length > 0 ? got.boxOutlines : [got.outline];
    return boxes.flatMap(([x, y, width, height], i) => {
      const outline = outlines[i];
      if (!outline) return [];
      const corners = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ].map(([u, v]) => ({ x: u! * truth.pxPerMm[0], y: v! * truth.pxPerMm[1] }));
      const distances = corners.map((corner, k) => {
        const expected = project(corner);
        return Math.hypot(outline[k]![0] - expected.x, outline[k]![1] - expected.y) / measureScale(corner, project, truth.pxPerMm);
      });
      return [distances.reduce((sum, mm) => sum + mm, 0) / 4];
    });
  });
}

function samePage(reading: PageReading, { truth }: SheetTruth): boolean {
  return truth.fields.map(({ name }) => name).join() === reading.fields.map(({ name }) => name).join();
}

function reasonOf(reading: PageReading | undefined): string | null {
  return reading?.reason?.code ?? null;
}

function unread(outcome: "refused" | "wrong", reason: string | null, faults: readonly string[] = []): PageVerdict {
  return { outcome, reason, faults, boxes: 0, boxesRight: 0, boxesWrong: 0, residualMm: null, template: null, misses: [] };
}
