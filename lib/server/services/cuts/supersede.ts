import { z } from "zod";
import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { updateStates } from "../labels/update-states.ts";

/** What the column `before` of a cut holds. */
export const beforeSchema = z.array(z.object({ id: z.string(), status: z.enum(GlyphStatus) }));
export type Before = z.infer<typeof beforeSchema>;

/** Takes glyphs out of all that counts. Their rows and labels stay. @returns the status that each had */
export async function supersede(tx: Tx, ids: readonly string[]): Promise<Before> {
  const before = await tx.glyph.findMany({ where: { id: { in: [...ids] } }, select: { id: true, status: true }, orderBy: { id: "asc" } });
  await tx.glyph.updateMany({
    where: { id: { in: [...ids] } },
    data: { status: GlyphStatus.superseded, fusedLabel: null, fusedProbability: null, doubt: null, suspect: false },
  });
  // Nobody is to decide them any more.
  await tx.claim.deleteMany({ where: { glyphId: { in: [...ids] } } });
  await updateStates(tx, ids);
  return before;
}

/** Makes glyphs count again, with the status that they had. */
export async function revive(tx: Tx, before: Before): Promise<void> {
  for (const { id, status } of before) await tx.glyph.update({ where: { id }, data: { status } });
  await updateStates(
    tx,
    before.map(({ id }) => id),
  );
}
