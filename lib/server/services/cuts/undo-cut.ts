import type { CutRequest, RecordCut } from "../../../contracts/cuts.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { countGlyphs } from "../pages/count-glyphs.ts";
import { storedFieldsSchema } from "../pages/get-page.ts";
import { lockPage } from "./lock-page.ts";
import { settleField } from "./settle-field.ts";
import { beforeSchema, revive, supersede } from "./supersede.ts";

/**
 * Takes a cut back by one more, with both sides exchanged: what counted before it counts again, with all its labels.
 * @throws InkformError `not-found`; `conflict` where the glyphs that it made were cut further, or are gone
 */
export async function undoCut(
  runtime: Runtime,
  pageId: string,
  { clientId, reviewer, cut }: RecordCut & { cut: Extract<CutRequest, { kind: "undo" }> },
): Promise<void> {
  await runtime.database.transaction(async (tx) => {
    const page = await lockPage(tx, pageId);
    // The same request, sent twice at once: the other one was first.
    if ((await tx.glyphCut.count({ where: { clientId } })) > 0) return;
    const done = await tx.glyphCut.findFirst({ where: { id: cut.cutId, pageId } });
    if (done === null) throw new InkformError("not-found", "This page has no such cut. Reload the page; nothing was changed.");
    const before = beforeSchema.parse(done.before);
    const rows = await tx.glyph.findMany({
      where: { pageId, id: { in: [...done.after, ...before.map(({ id }) => id)] } },
      select: { id: true, status: true, fieldIndex: true },
    });
    const isSuperseded = (id: string): boolean | null => {
      const row = rows.find((candidate) => candidate.id === id);
      return row === undefined ? null : row.status === GlyphStatus.superseded;
    };
    if (done.after.some((id) => isSuperseded(id) !== false) || before.some(({ id }) => isSuperseded(id) !== true)) {
      throw new InkformError(
        "conflict",
        "This cut can't be taken back: its glyphs were cut further since, or the page was read again. Take the later cuts back first; nothing was changed.",
      );
    }
    const superseded = await supersede(tx, done.after);
    await revive(tx, before);
    await tx.glyphCut.create({
      data: {
        id: newId(),
        pageId,
        clientId,
        kind: "undo",
        by: reviewer,
        request: toJson(cut),
        before: toJson(superseded),
        after: before.map(({ id }) => id),
        undoes: done.id,
      },
    });
    const { fieldIndex } = rows[0];
    const field = storedFieldsSchema.parse(page.fields)[fieldIndex];
    if (field.boxOutlines.length === 0) await settleField(tx, pageId, { fieldIndex, field });
    await tx.page.update({ where: { id: pageId }, data: { glyphCount: await countGlyphs(tx, pageId) } });
  });
}
