import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { putGoldSchema } from "../../../contracts/review-queue.ts";
import type { Runtime } from "../../runtime.ts";
import { recordWithin } from "../labels/record-labels.ts";
import { removeGold } from "./delete-gold.ts";

/**
 * Makes a glyph a gold item: its truth is known. That is a label, too, of whoever says so, and settles what others said. Said
 * again it changes nothing; with another truth the answers so far are measured by that.
 * @throws InkformError `not-found`, `invalid-argument`
 */
export async function putGold(runtime: Runtime, slug: string, { glyphId, truth, reviewer }: z.infer<typeof putGoldSchema>): Promise<void> {
  await runtime.database.transaction(async (tx) => {
    const before = await tx.gold.findUnique({ where: { glyphId, collection: { slug } } });
    if (before?.truth === truth) return;
    // While it is none, what is said of it is no answer to it.
    if (before !== null) await removeGold(tx, { glyphId, collectionId: before.collectionId });
    const kind = truth === "unusable" ? "unusable" : "class";
    const label = { clientId: randomUUID(), glyphId, kind, value: kind === "class" ? truth : null, pass: "adjudication" } as const;
    const { collectionId } = await recordWithin(tx, slug, { reviewer, labels: [label] });
    await tx.gold.upsert({ where: { glyphId }, create: { glyphId, collectionId, truth, by: reviewer }, update: { truth, by: reviewer } });
    await tx.claim.deleteMany({ where: { glyphId, holder: "" } });
  });
}
