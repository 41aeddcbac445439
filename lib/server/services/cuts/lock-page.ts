import { InkformError } from "../../../core/inkform-error.ts";
import type { Tx } from "../../db/database.ts";

/**
 * Locks a page and its glyphs for a cut: two cuts of one page come one after the other, and none while it is read again.
 * @throws InkformError `not-found`, `conflict`
 */
export async function lockPage(tx: Tx, pageId: string) {
  await tx.$queryRaw`SELECT "id" FROM "Page" WHERE "id" = ${pageId} FOR UPDATE`;
  const page = await tx.page.findUnique({
    where: { id: pageId },
    select: {
      id: true,
      collectionId: true,
      state: true,
      fields: true,
      writer: true,
      card: true,
      cropsSha256: true,
      readJob: { select: { state: true } },
    },
  });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  if (page.readJob?.state === "queued" || page.readJob?.state === "running") {
    throw new InkformError("conflict", "This page is being read again. Wait until that is done, then try once more; nothing was changed.");
  }
  await tx.$queryRaw`SELECT "id" FROM "Glyph" WHERE "pageId" = ${pageId} ORDER BY "id" FOR UPDATE`;
  return page;
}
