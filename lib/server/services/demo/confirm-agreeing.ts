import { createHash } from "node:crypto";
import type { Runtime } from "../../runtime.ts";
import { recordLabels } from "../labels/record-labels.ts";
import { DEMO_REVIEWER } from "./demo-plan.ts";

const PIECE = 500;

/**
 * Confirms, as the reviewer "demo", every glyph on which prompt and model agree; what they differ on is left to whoever looks at the demo. The clientIds follow from
 * the glyphs, so that a second try records nothing twice.
 * @returns how many it confirmed
 */
export async function confirmAgreeing(
  runtime: Runtime,
  collection: { readonly id: string; readonly slug: string },
  signal: AbortSignal,
): Promise<number> {
  let confirmed = 0;
  // Forward by id, not "until none is left": what somebody has taken back in the meantime stays taken back.
  for (let after = ""; ; ) {
    signal.throwIfAborted();
    const glyphs = await runtime.database.client.glyph.findMany({
      where: {
        collectionId: collection.id,
        id: { gt: after },
        reviewed: false,
        disagrees: false,
        status: "labelled",
        label: { not: null },
      },
      select: { id: true, label: true },
      orderBy: { id: "asc" },
      take: PIECE,
    });
    if (glyphs.length === 0) return confirmed;
    const labels = glyphs.map(({ id, label }) => ({
      clientId: toUuid(`inkform demo ${id}`),
      glyphId: id,
      kind: "class" as const,
      value: label,
    }));
    await recordLabels(runtime, collection.slug, { reviewer: DEMO_REVIEWER, labels });
    confirmed += glyphs.length;
    after = glyphs.at(-1)!.id;
  }
}

/** A UUID that follows from a text (RFC 9562, version 8: custom). */
function toUuid(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
