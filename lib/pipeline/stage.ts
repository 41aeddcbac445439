/** What the program is doing with a page, in about this order. */
export type Stage =
  | "model"
  | "decode"
  | "preview"
  | "fiducials"
  | "code"
  | "registration"
  | "rectify"
  | "lines"
  | "threshold"
  | "form removal"
  | "boxes"
  | "glyphs"
  | "classify"
  | "nist";

/** Told at the start of each stage: what comes after it belongs to that stage. Whoever listens has the clock; these rooms have none. */
export type OnStage = (stage: Stage) => void;
