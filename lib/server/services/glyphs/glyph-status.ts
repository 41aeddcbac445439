import type { GlyphStatus as Status } from "../../../pipeline/page-reading.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";

/** The database's name of a status: its names have no hyphens. */
export function storedStatus(status: Status): GlyphStatus {
  return status === "crossed-out" ? GlyphStatus.crossedOut : status;
}

export function viewStatus(status: GlyphStatus): Status | "superseded" {
  return status === GlyphStatus.crossedOut ? "crossed-out" : status;
}

/** Statuses whose glyphs have to be looked at, whatever prompt and model say. */
const DOUBTFUL: readonly GlyphStatus[] = [GlyphStatus.unsure, GlyphStatus.crossedOut, GlyphStatus.overwritten];

export function isDoubtful(status: GlyphStatus): boolean {
  return DOUBTFUL.includes(status);
}
