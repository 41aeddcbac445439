import type { RecordCut } from "../../../contracts/cuts.ts";
import type { PageView } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { GlyphReading } from "../../../pipeline/page-reading.ts";
import type { Runtime } from "../../runtime.ts";
import { getClassifier } from "../models/get-classifier.ts";
import { getPage } from "../pages/get-page.ts";
import type { CutTask } from "./cut-from-scan.ts";
import { makeCutTask } from "./make-cut-task.ts";
import { storeCut } from "./store-cut.ts";
import { undoCut } from "./undo-cut.ts";

/**
 * Cuts glyphs of a page anew as a person says: a box drawn anew, one glyph split in two, two joined; or takes such a cut back. The ink is that of the page's
 * reading, without the form; each new glyph is normalized and read as there. The glyphs before stay with their labels and count no longer.
 * @returns the page as it is now; a clientId that is there already is not done again
 * @throws InkformError `not-found`; `invalid-argument` (a box or a line that cuts no character out); `conflict` (the page or its glyphs have changed). Nothing
 *   is changed then
 */
export async function recordCut(runtime: Runtime, pageId: string, input: RecordCut): Promise<PageView> {
  if (await isDone(runtime, pageId, input)) return getPage(runtime, pageId);
  try {
    await doCut(runtime, pageId, input);
  } catch (error) {
    // The same request, sent twice at once: what it was to change is changed already, so it may fail anywhere.
    if (!(await isDone(runtime, pageId, input))) throw error;
  }
  return getPage(runtime, pageId);
}

async function isDone(runtime: Runtime, pageId: string, { clientId, cut }: RecordCut): Promise<boolean> {
  const there = await runtime.database.client.glyphCut.findUnique({ where: { clientId }, select: { pageId: true, kind: true } });
  if (there === null) return false;
  if (there.pageId === pageId && there.kind === cut.kind) return true;
  throw new InkformError("conflict", `The clientId ${clientId} stands for another cut already. Nothing was changed.`);
}

async function doCut(runtime: Runtime, pageId: string, input: RecordCut): Promise<void> {
  const { cut } = input;
  if (cut.kind === "undo") await undoCut(runtime, pageId, { ...input, cut });
  else {
    const model = await getClassifier(runtime);
    const plan = await makeCutTask(runtime, pageId, { cut, model: model.bytes });
    let glyphs: GlyphReading[] = [];
    for await (const cutOut of runtime.pools.pool<CutTask, GlyphReading[]>("cut").run(plan.task)) glyphs = cutOut;
    await storeCut(runtime, pageId, { ...input, plan, glyphs, model: model.id });
  }
}
