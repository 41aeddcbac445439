/** What the estimate says of one glyph with ink. */
export interface FusedGlyph {
  readonly id: string;
  /** A character or "unusable". */
  readonly fusedLabel: string;
  readonly fusedProbability: number;
  /** P(the label that counts is wrong); of a glyph without one, how unsure its likeliest class is. */
  readonly doubt: number;
}
