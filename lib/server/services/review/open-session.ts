import type { LabelPass } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import { KEPT } from "../../db/kept.ts";
import { SESSION_MINUTES } from "./review-session.ts";

export interface SessionValues {
  readonly id: string;
  readonly collectionId: string;
  readonly reviewer: string;
  readonly pass: LabelPass;
}

/**
 * Opens or keeps a session. One that goes on in another collection, pass or name gives back what it holds; sessions that ran out long ago are cleared away, and none
 * lives longer than from now on, also where the clock was set back since it was kept.
 * @returns until when it holds what it holds
 */
export async function openSession(tx: Tx, { id, collectionId, reviewer, pass }: SessionValues): Promise<Date> {
  const [{ until }] = await tx.$queryRaw<[{ until: Date }]>`${KEPT}
    WITH cleared AS (DELETE FROM "ReviewSession" WHERE "collectionId" = ${collectionId} AND "until" < now() - interval '1 hour' AND "id" <> ${id}),
    cut_down AS (UPDATE "ReviewSession" SET "until" = now() + ${SESSION_MINUTES} * interval '1 minute'
      WHERE "collectionId" = ${collectionId} AND "until" > now() + ${SESSION_MINUTES + 1} * interval '1 minute' AND "id" <> ${id}),
    given_back AS (
      DELETE FROM "Claim" c USING "ReviewSession" s
      WHERE c."sessionId" = ${id} AND s."id" = ${id} AND (s."collectionId", s."reviewer", s."pass") <> (${collectionId}, ${reviewer}, ${pass}::"LabelPass"))
    INSERT INTO "ReviewSession" ("id", "collectionId", "reviewer", "pass", "until")
    VALUES (${id}, ${collectionId}, ${reviewer}, ${pass}::"LabelPass", now() + ${SESSION_MINUTES} * interval '1 minute')
    ON CONFLICT ("id") DO UPDATE SET "collectionId" = excluded."collectionId", "reviewer" = excluded."reviewer", "pass" = excluded."pass", "until" = excluded."until"
    RETURNING "until"`;
  return new Date(until);
}
