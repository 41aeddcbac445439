import type { BoxScore } from "./score-boxes.ts";

/** What became of one card in a picture. */
export interface PageVerdict {
  readonly outcome: "read" | "refused" | "wrong";
  /** Of a refused page: the reason's code, or "not-found" where other cards of the picture were read and this one was not mentioned. */
  readonly reason: string | null;
  /** Of a wrong page: which of "card", "page", "writer", "place", "boxes", "nothing-there". */
  readonly faults: readonly string[];
  readonly boxes: number;
  readonly boxesRight: number;
  /** Not right, and not said to be in doubt. */
  readonly boxesWrong: number;
  /** Root mean square distance of the boxes' corners from where they were printed, in mm; null where the page was not read. */
  readonly residualMm: number | null;
  readonly template: string | null;
  readonly misses: readonly BoxScore[];
}
