import { randomInt } from "node:crypto";
import type { GlyphView } from "../../../contracts/review.ts";
import type { Next, NextItems } from "../../../contracts/review-queue.ts";
import type { Tx } from "../../db/database.ts";
import type { Runtime } from "../../runtime.ts";
import { viewGlyph } from "../glyphs/glyph-view.ts";
import { viewBlind } from "../glyphs/view-blind.ts";
import { mixInGold } from "../gold/mix-in-gold.ts";
import { readLabels } from "../labels/read-labels.ts";
import { readPosteriors } from "../quality/read-posteriors.ts";
import { type ClaimedRow, claimGlyphs, countClaimed, isFreeAtFront, readHeld } from "./claims.ts";
import { countGlyphs } from "./count-glyphs.ts";
import type { GlyphScope } from "./glyph-where.ts";
import { hasFew } from "./has-few.ts";
import { lockHandingOut } from "./lock-handing-out.ts";
import { openSession } from "./open-session.ts";
import { pickGlyphs } from "./pick-glyphs.ts";

/** Fewer than these may all be handed out: then it is counted how many are not, so that none is looked for among a million that do not fit. */
const MAY_RUN_OUT = 20_000;

/**
 * Hands out glyphs to a reviewer's session: what it holds already, then more (`nextSchema`). One transaction at a time hands out in a collection, so no two take
 * the same glyph.
 * @throws InkformError `not-found`
 */
export async function handOut(runtime: Runtime, slug: string, input: Next): Promise<NextItems> {
  return runtime.database.transaction(async (tx) => {
    const collectionId = await lockHandingOut(tx, slug);
    const until = await openSession(tx, { ...input, id: input.session, collectionId });
    const scope = toScope(collectionId, input);
    const left = await countGlyphs(tx, scope);
    const held = await readHeld(tx, scope, input);
    const items = [...held, ...(await takeMore(tx, scope, { input, left, missing: input.count - held.length }))];
    return { items: await show(tx, items.slice(0, input.count), { collectionId, pass: input.pass }), left, until: until.toISOString() };
  });
}

/** What has been decided is in no state of the open ones: in the later passes only those states narrow that it can be in. */
function toScope(collectionId: string, { reviewer, pass, filter }: Next): GlyphScope {
  const { state } = filter;
  switch (pass) {
    case "first":
      return { collectionId, filter, openOnly: true };
    case "second":
      return {
        collectionId,
        filter: { ...filter, state: state === "flagged" || state === "unusable" ? state : "all" },
        secondFor: reviewer,
      };
    case "adjudication":
      return { collectionId, filter: { ...filter, state: "conflict" } };
  }
}

async function takeMore(
  tx: Tx,
  scope: GlyphScope,
  { input, left, missing }: { input: Next; left: number; missing: number },
): Promise<ClaimedRow[]> {
  const free = left > MAY_RUN_OUT ? left : left - (await countClaimed(tx, scope));
  const most = Math.min(missing, free);
  if (most <= 0) return [];
  const { order, filter, pass, session } = input;
  const { rows } = await pickGlyphs(tx, scope, {
    order,
    seed: filter.seed,
    limit: most,
    most,
    and: isFreeAtFront(scope.collectionId),
    few: hasFew(scope, left),
  });
  const ordinary = rows.map((row): ClaimedRow => ({ ...row, holder: "" }));
  const taken =
    pass === "adjudication"
      ? ordinary
      : await mixInGold(tx, ordinary, { ...input, collectionId: scope.collectionId, roll: () => randomInt(2 ** 32) / 2 ** 32 });
  return claimGlyphs(tx, session, taken.slice(0, missing));
}

/** Without what others said, where they are to decide without knowing it. */
async function show(
  tx: Tx,
  rows: readonly ClaimedRow[],
  { collectionId, pass }: { collectionId: string; pass: Next["pass"] },
): Promise<GlyphView[]> {
  const blind = rows.filter(({ holder }) => pass === "second" || holder !== "");
  const labels =
    blind.length === 0
      ? new Map<string, never>()
      : await readLabels(
          tx,
          blind.map(({ id }) => id),
        );
  const posteriors = await readPosteriors(tx, blind, { collectionId, blind: true });
  return rows.map((row) => {
    const own = labels.get(row.id);
    return own === undefined ? viewGlyph(row) : viewBlind(row, own, posteriors.get(row.id) ?? null);
  });
}
