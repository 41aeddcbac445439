import { toJson } from "../../db/to-json.ts";
import type { ScanPage } from "../read/read-scan.ts";
import type { Conflict } from "./find-conflict.ts";

/** The columns of a page that say what came of its reading; with a conflict it counts as refused and has no fields. */
export function pageValues(page: ScanPage, blobs: { preview: string | null; crops: string | null }, conflict: Conflict | null) {
  const { reading } = page;
  const fields = conflict === null ? reading.fields : [];
  const reason = conflict?.reason ?? reading.reason;
  return {
    state: conflict === null ? reading.status : ("rejected" as const),
    reasonCode: reason?.code ?? null,
    reasonMessage: reason?.message ?? null,
    duplicateOf: conflict?.duplicateOf ?? null,
    template: reading.template,
    card: reading.card,
    cardPage: reading.cardPage ?? null,
    device: page.device ?? null,
    dpi: reading.registration === null ? null : reading.registration.scale * 300,
    blurMm: reading.quality?.blurMm ?? null,
    widthPx: page.widthPx,
    heightPx: page.heightPx,
    ...(reading.registration !== null && { registration: toJson(reading.registration) }),
    fields: toJson(fields.map(({ glyphs: _, ...field }) => field)),
    previewSha256: blobs.preview,
    cropsSha256: conflict === null ? blobs.crops : null,
    glyphCount: fields.flatMap((field) => field.glyphs).filter((glyph) => glyph.status !== "blank").length,
  };
}
