/** Names the recipe that made a 28 x 28 image; stored beside it, changed whenever `normalizeGlyph` gives another image. */
export const NORMALIZATION_VERSION = "mnist-1";
