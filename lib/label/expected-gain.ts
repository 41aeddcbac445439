/** Seconds that a reviewer takes for one glyph. */
export interface ReviewSeconds {
  /** To say that it is what it is shown as. */
  readonly confirm: number;
  /** To say that it is something else. */
  readonly change: number;
}

/** Before anything was measured: one key, and looking twice before another. */
export const DEFAULT_SECONDS: ReviewSeconds = { confirm: 1, change: 3 };

/**
 * Errors that a look at a glyph is expected to remove for each second that it takes: its label is wrong with probability `doubt`, and is changed then, else confirmed.
 *
 *   doubt / ((1 - doubt) confirm + doubt change)
 *
 * It grows with the doubt as long as confirming takes any time; where glyphs of one kind are slower than others, they wait for a greater doubt.
 * @param doubt in [0, 1]
 */
export function expectedGain(doubt: number, { confirm, change }: ReviewSeconds): number {
  return doubt / ((1 - doubt) * confirm + doubt * change);
}
