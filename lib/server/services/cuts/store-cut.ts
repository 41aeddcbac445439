import type { RecordCut } from "../../../contracts/cuts.ts";
import type { GlyphReading } from "../../../pipeline/page-reading.ts";
import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { countGlyphs } from "../pages/count-glyphs.ts";
import { glyphWriter } from "../pages/glyph-writer.ts";
import { deleteUnnamedBlob } from "../scans/delete-unnamed-blob.ts";
import { makeGlyphRow, storeGlyphs } from "../scans/glyph-rows.ts";
import { holdBlobs } from "../scans/hold-blobs.ts";
import { lockPage } from "./lock-page.ts";
import { type CutPlan, cutMeanwhile } from "./make-cut-task.ts";
import { settleField } from "./settle-field.ts";
import { supersede } from "./supersede.ts";

interface DoneCut extends RecordCut {
  readonly plan: CutPlan;
  readonly glyphs: readonly GlyphReading[];
  /** The model's id, for its labels. */
  readonly model: string;
}

/** Stores glyphs that were cut anew beside those before, which count no longer; all or nothing. The page's crops get the new ones behind them. */
export async function storeCut(runtime: Runtime, pageId: string, { clientId, reviewer, cut, plan, glyphs, model }: DoneCut): Promise<void> {
  const { field, fieldIndex, cropsSha256, crops: before } = plan;
  const bytes = new Uint8Array(Buffer.concat([before, ...glyphs.map(({ raw }) => raw?.data ?? new Uint8Array(0))]));
  const { sha256: crops } = await runtime.blobs.put(bytes);
  try {
    await runtime.database.transaction(async (tx) => {
      await holdBlobs(runtime, tx, [{ sha256: crops, bytes }]);
      const page = await lockPage(tx, pageId);
      // The same request, sent twice at once: the other one was first.
      if ((await tx.glyphCut.count({ where: { clientId } })) > 0) return;
      if (page.state !== "read" || page.cropsSha256 !== cropsSha256 || !(await allCount(tx, plan.before))) throw cutMeanwhile();
      const context = { pageId, collectionId: page.collectionId, model, writer: glyphWriter(page) };
      let cropOffset = before.length;
      const rows = glyphs.map((glyph, i) => {
        const place = {
          fieldIndex,
          index: plan.indices[i],
          cropOffset,
          cropWidth: glyph.raw?.width ?? 0,
          cropHeight: glyph.raw?.height ?? 0,
        };
        cropOffset += glyph.raw?.data.length ?? 0;
        const made = makeGlyphRow(context, field, glyph, place);
        // Its box alone does not say what was asked for: of two characters in one box neither may be it.
        return { ...made, row: { ...made.row, prompt: glyph.label } };
      });
      await storeGlyphs(tx, rows);
      const superseded = await supersede(tx, plan.before);
      const after = rows.map(({ row }) => row.id);
      await tx.glyphCut.create({
        data: { id: newId(), pageId, clientId, kind: cut.kind, by: reviewer, request: toJson(cut), before: toJson(superseded), after },
      });
      if (field.boxOutlines.length === 0) await settleField(tx, pageId, { fieldIndex, field });
      await tx.page.update({ where: { id: pageId }, data: { cropsSha256: crops, glyphCount: await countGlyphs(tx, pageId) } });
    });
  } finally {
    // Whichever of them the page names now stays.
    for (const sha256 of new Set([crops, cropsSha256])) if (sha256 !== null) await deleteUnnamedBlob(runtime, sha256);
  }
}

async function allCount(tx: Tx, ids: readonly string[]): Promise<boolean> {
  return (await tx.glyph.count({ where: { id: { in: [...ids] }, status: { not: GlyphStatus.superseded } } })) === ids.length;
}
