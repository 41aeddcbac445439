import type { GlyphView } from "../../../contracts/review.ts";
import type { GlyphStatus, LabelSource } from "../../db/generated/enums.ts";
import { viewStatus } from "./glyph-status.ts";

/** The columns of a `GlyphRow`, for Prisma's `select`: all but the pictures. */
export const GLYPH_COLUMNS = {
  id: true,
  pageId: true,
  field: true,
  index: true,
  prompt: true,
  label: true,
  labelSource: true,
  status: true,
  reviewed: true,
  unusable: true,
  predictionLabel: true,
  predictionProbability: true,
  writer: true,
  fusedLabel: true,
  fusedProbability: true,
  doubt: true,
} as const;

export interface GlyphRow {
  readonly id: string;
  readonly pageId: string;
  readonly field: string;
  readonly index: number;
  readonly prompt: string | null;
  readonly label: string | null;
  readonly labelSource: LabelSource | null;
  readonly status: GlyphStatus;
  readonly reviewed: boolean;
  readonly unusable: boolean;
  readonly predictionLabel: string | null;
  readonly predictionProbability: number | null;
  readonly writer: string;
  readonly fusedLabel: string | null;
  readonly fusedProbability: number | null;
  readonly doubt: number | null;
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
    prediction,
    writer: rest.writer,
    fused: fusedLabel === null ? null : { label: fusedLabel, probability: rest.fusedProbability ?? 0, doubt: rest.doubt ?? 0 },
  };
}
