import type { GlyphStatus } from "../../db/generated/enums.ts";

export interface PacedDecision {
  readonly status: GlyphStatus;
  /** It says otherwise than what was shown. */
  readonly changed: boolean;
}

/** A longer time for one decision is a pause, as is a longer one for a whole page of them. */
const PAUSE_SECONDS = 60;
const PAGE_PAUSE_SECONDS = 600;

/** A reviewer's decisions of one request by kind, and up to how many seconds since their last one count as the time for all: the first, and those after a pause, have none. */
export function shareTime(decisions: readonly PacedDecision[]): { mostSeconds: number; paces: (PacedDecision & { decisions: number })[] } {
  const paces = new Map<string, PacedDecision & { decisions: number }>();
  for (const { status, changed } of decisions) {
    const key = `${status} ${changed}`;
    paces.set(key, { status, changed, decisions: (paces.get(key)?.decisions ?? 0) + 1 });
  }
  return { mostSeconds: Math.min(PAUSE_SECONDS * decisions.length, PAGE_PAUSE_SECONDS), paces: [...paces.values()] };
}
