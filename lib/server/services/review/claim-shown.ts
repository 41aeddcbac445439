import type { ClaimShown } from "../../../contracts/review-grid.ts";
import type { Runtime } from "../../runtime.ts";
import { IS_FREE } from "./claims.ts";
import { lockHandingOut } from "./lock-handing-out.ts";
import { openSession } from "./open-session.ts";

/**
 * What a grid shows becomes its session's own, as far as it is open and nobody else holds it: so it is not handed out meanwhile.
 * @returns the ids of those that are with another reviewer
 * @throws InkformError `not-found`
 */
export async function claimShown(runtime: Runtime, slug: string, { reviewer, session, glyphIds }: ClaimShown): Promise<string[]> {
  return runtime.database.transaction(async (tx) => {
    const collectionId = await lockHandingOut(tx, slug);
    await openSession(tx, { id: session, collectionId, reviewer, pass: "first" });
    await tx.$executeRaw`
      INSERT INTO "Claim" ("glyphId", "holder", "sessionId")
      SELECT g."id", '', ${session} FROM "Glyph" g
      WHERE g."id" = ANY(${glyphIds}) AND g."collectionId" = ${collectionId} AND NOT g."reviewed" AND ${IS_FREE} ORDER BY g."id"
      ON CONFLICT ("glyphId", "holder") DO UPDATE SET "sessionId" = excluded."sessionId", "seq" = excluded."seq"`;
    const taken = await tx.$queryRaw<{ glyphId: string }[]>`
      SELECT c."glyphId" FROM "Claim" c JOIN "ReviewSession" s ON s."id" = c."sessionId"
      WHERE c."glyphId" = ANY(${glyphIds}) AND c."holder" = '' AND s."until" > now() AND s."reviewer" <> ${reviewer} ORDER BY c."glyphId"`;
    return taken.map(({ glyphId }) => glyphId);
  });
}
