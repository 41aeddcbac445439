import type { LabelPass } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import { SESSION_MINUTES } from "./review-session.ts";

export interface SessionValues {
  readonly id: string;
  readonly collectionId: string;
  readonly reviewer: string;
  readonly pass: LabelPass;
}

/**
 * Opens or keeps a session. One that goes on in another collection, pass or name gives back what it holds; sessions that ran out long ago are cleared away.
 * @returns until when it holds what it holds
 */
export async function openSession(tx: Tx, { id, collectionId, reviewer, pass }: SessionValues): Promise<Date> {
  const before = await tx.reviewSession.findUnique({ where: { id } });
  if (before !== null && (before.collectionId !== collectionId || before.reviewer !== reviewer || before.pass !== pass))
    await tx.claim.deleteMany({ where: { sessionId: id } });
  const [{ until }] = await tx.$queryRaw<[{ until: Date }]>`
    WITH old AS (DELETE FROM "ReviewSession" WHERE "collectionId" = ${collectionId} AND "until" < now() - interval '1 hour' AND "id" <> ${id})
    INSERT INTO "ReviewSession" ("id", "collectionId", "reviewer", "pass", "until")
    VALUES (${id}, ${collectionId}, ${reviewer}, ${pass}::"LabelPass", now() + ${SESSION_MINUTES} * interval '1 minute')
    ON CONFLICT ("id") DO UPDATE SET "collectionId" = excluded."collectionId", "reviewer" = excluded."reviewer", "pass" = excluded."pass", "until" = excluded."until"
    RETURNING "until"`;
  return new Date(until);
}
