import type { GlyphView, RecordLabels } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { deriveState, type LabelState } from "../../../label/current-label.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { isDoubtful } from "../glyphs/glyph-status.ts";
import { GLYPH_COLUMNS, viewGlyph } from "../glyphs/glyph-view.ts";

/**
 * Appends a person's labels and brings the glyphs' states up to date, all or nothing. A clientId that is there already is not recorded again: so a
 * client that got no answer may send the same request as often as it likes.
 *
 * Two tabs at once: the glyphs' rows are locked first, in the order of their ids (so that two requests cannot wait for each other), then labels are appended
 * and read back; whoever comes second sees the first one's labels.
 *
 * @returns the glyphs named, as they are now, each once, in the order first named
 * @throws InkformError `not-found`, `invalid-argument`, `conflict` (a clientId that stands for another label); nothing is recorded then
 */
export async function recordLabels(runtime: Runtime, slug: string, input: RecordLabels): Promise<GlyphView[]> {
  const labels = input.labels.map((label) => ({ ...label, value: label.kind === "unusable" ? null : checkValue(label) }));
  const ids = [...new Set(labels.map((label) => label.glyphId))];
  return runtime.database.transaction(async (tx) => {
    const collectionId = await getCollectionId(tx, slug);
    await lockGlyphs(tx, collectionId, ids);
    await append(tx, input.reviewer, labels);
    await updateStates(tx, ids);
    const rows = await tx.glyph.findMany({ where: { id: { in: ids } }, select: GLYPH_COLUMNS });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => viewGlyph(byId.get(id)!));
  });
}

type Input = RecordLabels["labels"][number];

function checkValue(label: Input): string {
  const { kind, value } = label;
  if (kind === "class" && (value === null || value.length !== 1 || value.trim() === "")) {
    throw new InkformError("invalid-argument", `a class is one visible character, not ${JSON.stringify(value)}`);
  }
  if (kind === "retract" && (value === null || !/^[0-9a-f-]{36}$/i.test(value))) {
    throw new InkformError("invalid-argument", `a retract names the clientId of the label to take back, not ${JSON.stringify(value)}`);
  }
  return value!;
}

async function lockGlyphs(tx: Tx, collectionId: string, ids: readonly string[]): Promise<void> {
  const sorted = [...ids].sort();
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Glyph" WHERE "id" = ANY(${sorted}) AND "collectionId" = ${collectionId} ORDER BY "id" FOR UPDATE`;
  if (locked.length === ids.length) return;
  const found = new Set(locked.map((row) => row.id));
  const missing = ids.filter((id) => !found.has(id));
  throw new InkformError(
    "not-found",
    `This collection has no glyph ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}; its scan may have been deleted. No label was recorded: reload the page.`,
  );
}

async function append(tx: Tx, reviewer: string, labels: readonly Input[]): Promise<void> {
  const rows = labels.map(({ clientId, glyphId, kind, value }) => ({
    clientId,
    glyphId,
    kind,
    value,
    source: "person" as const,
    by: reviewer,
  }));
  const { count } = await tx.label.createMany({ data: rows, skipDuplicates: true });
  if (count === rows.length) return;
  const there = await tx.label.findMany({
    where: { clientId: { in: rows.map((row) => row.clientId) } },
    select: { clientId: true, glyphId: true, kind: true, value: true },
  });
  const byClientId = new Map(there.map((label) => [label.clientId, label]));
  for (const row of rows) {
    const kept = byClientId.get(row.clientId);
    if (kept?.glyphId === row.glyphId && kept.kind === row.kind && kept.value === row.value) continue;
    throw new InkformError(
      "conflict",
      `The clientId ${row.clientId} stands for another label already; every label needs one of its own. Nothing was recorded.`,
    );
  }
}

async function updateStates(tx: Tx, ids: readonly string[]): Promise<void> {
  const [glyphs, labels] = [
    await tx.glyph.findMany({ where: { id: { in: [...ids] } }, select: { id: true, status: true } }),
    await tx.label.findMany({
      where: { glyphId: { in: [...ids] } },
      orderBy: { seq: "asc" },
      select: { glyphId: true, source: true, kind: true, value: true, clientId: true },
    }),
  ];
  const byGlyph = new Map<string, LabelEvent[]>(ids.map((id) => [id, []]));
  for (const label of labels) byGlyph.get(label.glyphId)?.push(label);
  const states: ({ id: string } & LabelState)[] = glyphs.map(({ id, status }) => ({
    id,
    ...deriveState(byGlyph.get(id) ?? [], { unsure: isDoubtful(status) }),
  }));
  // One statement for up to 1,000 glyphs: 1,000 single updates would hold the embedded database for half a second.
  await tx.$executeRaw`
    UPDATE "Glyph" AS g
    SET "label" = s."label", "labelSource" = s."source"::"LabelSource", "reviewed" = s."reviewed", "unusable" = s."unusable", "disagrees" = s."disagrees"
    FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb)
      AS s("id" text, "label" text, "source" text, "reviewed" boolean, "unusable" boolean, "disagrees" boolean)
    WHERE g."id" = s."id"`;
}
