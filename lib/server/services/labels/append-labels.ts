import { InkformError } from "../../../core/inkform-error.ts";
import type { LabelPass } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import type { LabelInput } from "./check-label.ts";

/** What a person says, with who and in what pass. */
export type NewLabel = Omit<LabelInput, "pass"> & { readonly by: string; readonly pass: LabelPass };

/**
 * Appends people's labels in their order. One whose clientId is there already is left out.
 * @returns those that are new
 * @throws InkformError `conflict` where a clientId stands for another label
 */
export async function appendLabels(tx: Tx, labels: readonly NewLabel[]): Promise<NewLabel[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    INSERT INTO "Label" ("clientId", "glyphId", "source", "by", "kind", "value", "pass")
    SELECT l->>'clientId', l->>'glyphId', 'person', l->>'by', (l->>'kind')::"LabelKind", l->>'value', (l->>'pass')::"LabelPass"
    FROM jsonb_array_elements(${JSON.stringify(labels)}::jsonb) WITH ORDINALITY AS t(l, n) ORDER BY n
    ON CONFLICT ("clientId") DO NOTHING RETURNING "clientId"`;
  if (rows.length === labels.length) return [...labels];
  await checkRepeats(tx, labels);
  const fresh = new Set(rows.map(({ clientId }) => clientId));
  // Of a clientId that a request names twice the first is the one that was appended.
  return labels.filter(({ clientId }) => fresh.delete(clientId));
}

async function checkRepeats(tx: Tx, labels: readonly NewLabel[]): Promise<void> {
  const there = await tx.label.findMany({
    where: { clientId: { in: labels.map(({ clientId }) => clientId) } },
    select: { clientId: true, glyphId: true, kind: true, value: true },
  });
  const byClientId = new Map(there.map((label) => [label.clientId, label]));
  for (const { clientId, glyphId, kind, value } of labels) {
    const kept = byClientId.get(clientId);
    if (kept?.glyphId === glyphId && kept.kind === kind && kept.value === value) continue;
    throw new InkformError(
      "conflict",
      `The clientId ${clientId} stands for another label already; every label needs one of its own. Nothing was recorded.`,
    );
  }
}
