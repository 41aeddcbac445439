import type { GlyphView } from "../../../contracts/review.ts";
import type { LabelState } from "../../../label/current-label.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { GlyphStatus, LabelSource } from "../../db/generated/enums.ts";
import { viewStatus } from "./glyph-status.ts";

/** The columns of a `GlyphRow`, for Prisma's `select`: all but the pictures. */
export const GLYPH_COLUMNS = {
  id: true,
  pageId: true,
  field: true,
  fieldIndex: true,
  index: true,
  prompt: true,
  label: true,
  labelSource: true,
  status: true,
  reviewed: true,
  unusable: true,
  disagrees: true,
  conflict: true,
  flag: true,
  decidedBy: true,
  soleDecider: true,
  predictionLabel: true,
  predictionProbability: true,
  writer: true,
  fusedLabel: true,
  fusedProbability: true,
  doubt: true,
} as const;

/** The same for SQL, of a table that is called g. */
export const GLYPH_SQL = Prisma.raw(
  Object.keys(GLYPH_COLUMNS)
    .map((name) => `g."${name}"`)
    .join(", "),
);

export interface GlyphRow {
  readonly id: string;
  readonly pageId: string;
  readonly field: string;
  readonly fieldIndex: number;
  readonly index: number;
  readonly prompt: string | null;
  readonly label: string | null;
  readonly labelSource: LabelSource | null;
  readonly status: GlyphStatus;
  readonly reviewed: boolean;
  readonly unusable: boolean;
  readonly disagrees: boolean;
  readonly conflict: boolean;
  readonly flag: string | null;
  readonly decidedBy: string | null;
  readonly soleDecider: string | null;
  readonly predictionLabel: string | null;
  readonly predictionProbability: number | null;
  readonly writer: string;
  readonly fusedLabel: string | null;
  readonly fusedProbability: number | null;
  readonly doubt: number | null;
}

/** A row with another state than the one stored: as it will be, or as somebody is to see it. */
export function withState(row: GlyphRow, { source, ...state }: LabelState): GlyphRow {
  return { ...row, ...state, labelSource: source };
}

/** A glyph as the site shows it. */
export function viewGlyph(row: GlyphRow): GlyphView {
  const { predictionLabel, predictionProbability, fusedLabel, ...rest } = row;
  const prediction = predictionLabel === null ? null : { label: predictionLabel, probability: predictionProbability ?? 0 };
  return {
    id: rest.id,
    pageId: rest.pageId,
    field: rest.field,
    index: rest.index,
    prompt: rest.prompt,
    label: rest.label,
    labelSource: rest.labelSource,
    status: viewStatus(rest.status),
    reviewed: rest.reviewed,
    unusable: rest.unusable,
    conflict: rest.conflict,
    flag: rest.flag,
    decidedBy: rest.decidedBy,
    prediction,
    writer: rest.writer,
    fused:
      fusedLabel === null ? null : roundEstimate({ label: fusedLabel, probability: rest.fusedProbability ?? 0, doubt: rest.doubt ?? 0 }),
  };
}

/** To six digits, whether it comes from the database's short numbers or was computed just now: else the digits would tell a gold item. */
export function roundEstimate({ label, probability, doubt }: NonNullable<GlyphView["fused"]>): NonNullable<GlyphView["fused"]> {
  const round = (value: number): number => Math.round(value * 1e6) / 1e6;
  return { label, probability: round(probability), doubt: round(doubt) };
}
