import type { GlyphView, RecordLabels } from "../../../contracts/review.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import { isDecision, type LabelEvent } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import { isUniqueViolation } from "../../db/database-errors.ts";
import type { Runtime } from "../../runtime.ts";
import { deriveGlyphState } from "../glyphs/derive-glyph-state.ts";
import { type GlyphRow, viewGlyph, withState } from "../glyphs/glyph-view.ts";
import type { PacedDecision } from "../review/share-time.ts";
import { checkLabel } from "./check-label.ts";
import { dropRepeats, type NewLabel, refuseClientId } from "./drop-repeats.ts";
import { lockGlyphs } from "./lock-glyphs.ts";
import { readLabels } from "./read-labels.ts";
import { type ClaimChange, storeLabels } from "./store-labels.ts";

/**
 * Appends a person's labels and brings the glyphs' states up to date, all or nothing. A clientId that is there already is not recorded again: so a
 * client that got no answer may send the same request as often as it likes.
 *
 * Two tabs at once: the glyphs' rows are locked first, in the order of their ids, then labels are read and appended; whoever comes second sees the first one's
 * labels. Three statements in all: the embedded database runs on the server's thread.
 *
 * A decision on a glyph that this reviewer was handed as gold, or has answered as gold before, is recorded as an answer and changes nothing.
 *
 * @returns the glyphs named, each once, in the order first named, as this reviewer may see them now: one decided blind or as gold shows their own decision alone
 * @throws InkformError `not-found`, `invalid-argument`, `conflict` (a clientId that stands for another label); nothing is recorded then
 */
export async function recordLabels(runtime: Runtime, slug: string, input: RecordLabels): Promise<GlyphView[]> {
  try {
    return (await runtime.database.transaction((tx) => recordWithin(tx, slug, input), { urgent: true })).glyphs;
  } catch (error) {
    // Of a glyph that this request does not name.
    if (isUniqueViolation(error)) throw refuseClientId(input.labels.length === 1 ? input.labels[0].clientId : null);
    throw error;
  }
}

/** The same within a transaction. */
export async function recordWithin(tx: Tx, slug: string, input: RecordLabels): Promise<{ collectionId: string; glyphs: GlyphView[] }> {
  const { reviewer, session } = input;
  const labels = input.labels.map(checkLabel);
  const ids = [...new Set(labels.map((label) => label.glyphId))];
  const { collectionId, rows, gold, heldAsGold } = await lockGlyphs(tx, { slug, ids, reviewer });
  const before = await readLabels(tx, ids);
  const isGold = (id: string): boolean =>
    heldAsGold.has(id) || (gold.has(id) && before.get(id)!.some((l) => l.pass === "gold" && l.by === reviewer));
  const added = dropRepeats(
    labels.map((l): NewLabel => ({ ...l, by: reviewer, pass: isDecision(l) && isGold(l.glyphId) ? "gold" : (l.pass ?? "first") })),
    before,
  );
  const changes = rows.map((row) =>
    describeChange(row, {
      reviewer,
      gold: isGold(row.id),
      before: before.get(row.id)!,
      added: added.filter((l) => l.glyphId === row.id),
      asked: labels.filter((l) => l.glyphId === row.id),
    }),
  );
  await storeLabels(tx, {
    ...{ collectionId, reviewer, session: session ?? null, labels: added },
    rows: changes.filter(({ row, after }) => !isSame(row, after)).map(({ after }) => after),
    claims: changes.flatMap(({ claim }) => claim ?? []),
    decisions: changes.flatMap(({ paces }) => paces),
  });
  const shown = new Map(changes.map((change) => [change.row.id, change.shown]));
  return { collectionId, glyphs: ids.map((id) => viewGlyph(shown.get(id)!)) };
}

interface Said {
  readonly reviewer: string;
  readonly gold: boolean;
  readonly before: readonly LabelEvent[];
  readonly added: readonly NewLabel[];
  readonly asked: readonly Pick<NewLabel, "kind">[];
}

interface Change {
  readonly row: GlyphRow;
  readonly after: GlyphRow;
  /** As the reviewer may see it. */
  readonly shown: GlyphRow;
  readonly paces: readonly PacedDecision[];
  /** Null where nothing was said that a claim hangs on. */
  readonly claim: ClaimChange | null;
}

function describeChange(row: GlyphRow, { reviewer, gold, before, added, asked }: Said): Change {
  const all = [...before, ...added.map((l): LabelEvent => ({ ...l, source: "person" }))];
  const after = withState(row, deriveGlyphState(row, all));
  const own = withState(row, deriveGlyphState(row, dropOthersDecisions(all, reviewer)));
  const passes = new Set(all.filter((l) => l.source === "person" && l.by === reviewer).map(({ pass }) => pass));
  const blind = gold || (passes.has("second") && !passes.has("adjudication"));
  const seen = deriveGlyphState(row, blind ? dropOthersDecisions(before, reviewer) : before);
  const paces = added
    .filter(isDecision)
    .map(({ kind, value }) => ({ status: row.status, changed: kind !== "class" || value !== seen.label }));
  const last = asked.findLast(({ kind }) => kind !== "flag" && kind !== "unflag");
  // Cut anew meanwhile: what was said is kept with it, and it is nobody's to decide any more.
  const decided = row.status === "superseded" || (own.reviewed && (last?.kind !== "retract" || blind || !after.conflict));
  return {
    row,
    after,
    shown: blind ? own : after,
    paces,
    claim: last === undefined ? null : { glyphId: row.id, want: decided ? "free" : "hold", gold },
  };
}

function isSame(a: GlyphRow, b: GlyphRow): boolean {
  return (Object.keys(b) as (keyof GlyphRow)[]).every((key) => a[key] === b[key]);
}
