import type { PageView } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { getPage } from "./get-page.ts";
import { glyphWriter } from "./glyph-writer.ts";

/** Sets a page's writer code, and with it its glyphs'; null or empty: unknown. @throws InkformError `not-found` */
export async function updatePageWriter(runtime: Runtime, pageId: string, writer: string | null): Promise<PageView> {
  const code = writer === "" ? null : writer;
  await runtime.database.transaction(async (tx) => {
    const { count } = await tx.page.updateMany({ where: { id: pageId }, data: { writer: code } });
    if (count === 0) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
    const page = await tx.page.findUniqueOrThrow({ where: { id: pageId }, select: { id: true, writer: true, card: true } });
    await tx.glyph.updateMany({ where: { pageId }, data: { writer: glyphWriter(page) } });
  });
  return getPage(runtime, pageId);
}
