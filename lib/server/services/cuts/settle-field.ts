import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { updateStates } from "../labels/update-states.ts";
import { promptSigner } from "../scans/glyph-rows.ts";

/** An undivided field of a page. */
interface SettledField {
  readonly prompt: string;
  readonly promptSource: string;
  readonly outline: readonly (readonly [number, number])[];
}

/**
 * Brings an undivided field in order after a cut, by the rule of its reading: its glyphs are numbered along the line of writing; where there are as many as the
 * prompt has characters, each gets its label; where not, none has one, and all are unsure. Labels are appended; those that people gave decide as before.
 */
export async function settleField(
  tx: Tx,
  pageId: string,
  { fieldIndex, field }: { fieldIndex: number; field: SettledField },
): Promise<void> {
  const glyphs = await tx.glyph.findMany({
    where: { pageId, fieldIndex, status: { not: GlyphStatus.superseded } },
    select: {
      id: true,
      index: true,
      prompt: true,
      predictionLabel: true,
      boundsX: true,
      boundsY: true,
      boundsWidth: true,
      boundsHeight: true,
    },
  });
  const along = (glyph: (typeof glyphs)[number]): number => {
    const [[x0, y0], [x1, y1]] = field.outline;
    return (glyph.boundsX + glyph.boundsWidth / 2) * (x1 - x0) + (glyph.boundsY + glyph.boundsHeight / 2) * (y1 - y0);
  };
  glyphs.sort((a, b) => a.index - b.index || along(a) - along(b));
  const asked = [...field.prompt];
  const fits = asked.length === glyphs.length;
  const changed: string[] = [];
  for (const [index, { id, index: before, prompt, predictionLabel }] of glyphs.entries()) {
    const label = fits ? asked[index] : null;
    if (label === prompt && index === before) continue;
    const status =
      label === null
        ? GlyphStatus.unsure
        : predictionLabel === null || predictionLabel === label
          ? GlyphStatus.labelled
          : GlyphStatus.mismatch;
    await tx.glyph.update({ where: { id }, data: { index, ...(label !== prompt && { prompt: label, status }) } });
    if (label === prompt) continue;
    await tx.label.create({ data: { glyphId: id, ...promptSigner(field.promptSource), kind: "class", value: label } });
    changed.push(id);
  }
  await updateStates(tx, changed);
}
