import type { CutRequest } from "../../../contracts/cuts.ts";
import { byHandSchema } from "../../../contracts/scans.ts";
import type { Box } from "../../../core/geometry.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Cut } from "../../../pipeline/cut/cut-glyphs.ts";
import type { CutGlyph } from "../../../pipeline/cut/place-piece.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import type { Runtime } from "../../runtime.ts";
import { type StoredField, storedFieldsSchema } from "../pages/get-page.ts";
import { readPageJob } from "../scans/read-page-job.ts";
import { toByHand } from "../scans/to-by-hand.ts";
import type { CutTask } from "./cut-from-scan.ts";

/** A cut that can be done, and what has to be the same still when it is stored. */
export interface CutPlan {
  readonly task: CutTask;
  /** Glyphs that will count no longer. */
  readonly before: readonly string[];
  readonly field: StoredField;
  readonly fieldIndex: number;
  /** Each new glyph's place in its field. */
  readonly indices: readonly number[];
  readonly cropsSha256: string | null;
  /** The page's crops as they were: once another cut is stored, nothing names them any more. */
  readonly crops: Uint8Array;
}

type Glyph = Awaited<ReturnType<typeof findGlyphs>>[number];

/**
 * Checks a cut against the page as it is, and collects what the child process needs for it.
 * @throws InkformError `not-found`, `invalid-argument`, `conflict`
 */
export async function makeCutTask(
  runtime: Runtime,
  pageId: string,
  { cut, model }: { cut: Exclude<CutRequest, { kind: "undo" }>; model: Uint8Array },
): Promise<CutPlan> {
  const page = await findPage(runtime, pageId);
  const ids = cut.kind === "join" ? cut.glyphIds : [cut.glyphId];
  const glyphs = await findGlyphs(runtime, pageId, ids);
  const { fieldIndex } = glyphs[0];
  const field = storedFieldsSchema.parse(page.fields)[fieldIndex];
  if (cut.kind === "recut") checkBox(cut.box, page);
  if (cut.kind === "join") checkNeighbours(glyphs);
  const crops = page.cropsSha256 === null ? new Uint8Array(0) : await runtime.blobs.get(page.cropsSha256);
  const byHand = await findByHand(runtime, page);
  const { prompts, indices } = placeGlyphs(cut.kind, glyphs);
  const { number, part, parts, scan } = page;
  const task: CutTask = {
    name: scan.fileName,
    bytes: await runtime.blobs.get(scan.sha256),
    model,
    page: { number, part, parts, ...(byHand && { byHand }) },
    key: JSON.stringify([scan.sha256, number, part, parts, byHand]),
    field: field.name,
    prompts,
    example: field.prompt[0] ?? "",
    cut: toCut(cut, glyphs, crops),
  };
  return { task, before: ids, field, fieldIndex, indices, cropsSha256: page.cropsSha256, crops };
}

async function findPage(runtime: Runtime, pageId: string) {
  const page = await runtime.database.client.page.findUnique({
    where: { id: pageId },
    select: {
      number: true,
      part: true,
      parts: true,
      state: true,
      fields: true,
      widthPx: true,
      heightPx: true,
      byHand: true,
      cropsSha256: true,
      readByJobId: true,
      readJobId: true,
      scan: { select: { fileName: true, sha256: true } },
    },
  });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  if (page.state !== "read") throw new InkformError("conflict", "This page was not read, so it has no glyphs to cut. Nothing was changed.");
  return page;
}

async function findGlyphs(runtime: Runtime, pageId: string, ids: readonly string[]) {
  const found = await runtime.database.client.glyph.findMany({ where: { pageId, id: { in: [...ids] } }, omit: { image: true } });
  return ids.map((id) => {
    const glyph = found.find((candidate) => candidate.id === id);
    if (glyph === undefined) throw new InkformError("not-found", `This page has no glyph ${id}. Reload the page; nothing was changed.`);
    if (glyph.status === GlyphStatus.superseded) throw cutMeanwhile();
    return glyph;
  });
}

/** For who cuts a glyph that somebody else has cut. */
export function cutMeanwhile(): InkformError {
  return new InkformError("conflict", "This glyph was cut anew meanwhile. Reload the page; nothing was changed.");
}

function checkBox([x, y, w, h]: Box, { widthPx, heightPx }: { widthPx: number; heightPx: number }): void {
  if (w > 0 && h > 0 && x >= 0 && y >= 0 && x + w <= widthPx && y + h <= heightPx) return;
  throw new InkformError(
    "invalid-argument",
    `This box reaches beyond the page, which is ${widthPx} x ${heightPx} px: [${[x, y, w, h].join(", ")}]. Draw it on the page; nothing was changed.`,
  );
}

function checkNeighbours([a, b]: readonly Glyph[]): void {
  if (a.id === b.id) throw new InkformError("invalid-argument", "A glyph can't be joined with itself. Nothing was changed.");
  if (a.fieldIndex !== b.fieldIndex || Math.abs(a.index - b.index) > 1)
    throw new InkformError("invalid-argument", "Only two glyphs side by side in one field can be joined. Nothing was changed.");
}

/** A glyph drawn anew stands for the prompt that it stood for; one joined of two for the prompt that one of them had; of a split one nobody can say yet. */
function placeGlyphs(kind: "recut" | "split" | "join", glyphs: readonly Glyph[]): Pick<CutTask, "prompts"> & { indices: number[] } {
  const [{ index, prompt }] = glyphs;
  switch (kind) {
    case "recut":
      return { prompts: [prompt], indices: [index] };
    case "split":
      return { prompts: [null, null], indices: [index, index] };
    case "join": {
      const asked = glyphs.filter((glyph) => glyph.prompt !== null);
      const one = asked.length === 1 ? asked[0] : null;
      return { prompts: [one?.prompt ?? null], indices: [one?.index ?? Math.min(...glyphs.map((glyph) => glyph.index))] };
    }
  }
}

function toCut(cut: Exclude<CutRequest, { kind: "undo" }>, glyphs: readonly Glyph[], crops: Uint8Array): Cut {
  if (cut.kind === "recut") return { kind: "recut", box: cut.box };
  const [first, second] = glyphs.map((glyph) => toCutGlyph(glyph, crops));
  if (cut.kind === "join") return { kind: "join", glyphs: [first, second] };
  const points = cut.line?.map(([x, y]) => ({ x, y }));
  return { kind: "split", glyph: first, ...(points && { line: [points[0], points[1]] as const }) };
}

function toCutGlyph(glyph: Glyph, crops: Uint8Array): CutGlyph {
  const { cropOffset, cropWidth: width, cropHeight: height } = glyph;
  if (width === 0 || height === 0)
    throw new InkformError(
      "invalid-argument",
      "This box is blank: it has no ink to split or join. Draw its box anew; nothing was changed.",
    );
  return {
    raw: { width, height, data: crops.slice(cropOffset, cropOffset + width * height) },
    bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
  };
}

/** What a person had said when the page was read as it is now: what was said since may have been refused. */
async function findByHand(runtime: Runtime, page: { byHand: unknown; readJobId: string | null; readByJobId: string | null }) {
  if (page.readByJobId === page.readJobId) return toByHand(byHandSchema.nullable().parse(page.byHand));
  if (page.readByJobId === null) return null;
  const job = await runtime.database.client.job.findUnique({ where: { id: page.readByJobId }, select: { payload: true } });
  if (job === null) return null;
  const { corners, code } = readPageJob.payload.parse(job.payload).request;
  return toByHand({ corners, code });
}
