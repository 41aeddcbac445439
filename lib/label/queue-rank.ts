/** Place in the review queue: what contradicts first, then doubtful cuts, then the rest. */
export type QueueRank = 0 | 1 | 2;

/**
 * @param glyph.opinionDiffers the model reads another class than the prompt
 * @param glyph.unsure the segmentation doubts the cut
 * The rank does not change when a glyph is reviewed: paging through the queue stays stable while it empties.
 */
export function queueRank(glyph: { readonly opinionDiffers: boolean; readonly unsure: boolean }): QueueRank {
  if (glyph.opinionDiffers) return 0;
  return glyph.unsure ? 1 : 2;
}
