import type { PageSummary } from "../../../contracts/scans.ts";
import type { PageState } from "../../db/generated/enums.ts";

/** The columns of a `PageRow`, for Prisma's `select`. */
export const PAGE_COLUMNS = {
  id: true,
  scanId: true,
  collectionId: true,
  number: true,
  part: true,
  parts: true,
  state: true,
  reasonCode: true,
  reasonMessage: true,
  template: true,
  card: true,
  cardPage: true,
  duplicateOf: true,
  writer: true,
  widthPx: true,
  heightPx: true,
  glyphCount: true,
} as const;

export interface PageRow {
  readonly id: string;
  readonly scanId: string;
  readonly collectionId: string;
  readonly number: number;
  readonly part: number;
  readonly parts: number;
  readonly state: PageState;
  readonly reasonCode: string | null;
  readonly reasonMessage: string | null;
  readonly template: string | null;
  readonly card: string | null;
  readonly cardPage: number | null;
  readonly duplicateOf: string | null;
  readonly writer: string | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly glyphCount: number;
}

/** A page as lists show it. @param disagreeing glyphs of it that wait for a reviewer */
export function viewPageSummary(page: PageRow, disagreeing: number): PageSummary {
  return {
    id: page.id,
    number: page.number,
    part: page.part,
    parts: page.parts,
    state: page.state,
    reason: page.reasonCode === null ? null : { code: page.reasonCode, message: page.reasonMessage ?? "" },
    template: page.template,
    card: page.card,
    cardPage: page.cardPage,
    duplicateOf: page.duplicateOf,
    writer: page.writer,
    widthPx: page.widthPx,
    heightPx: page.heightPx,
    glyphs: page.glyphCount,
    disagreeing,
  };
}
