/** A trained model: `images` holds n x 784 bytes; returns n x classes.length probabilities. */
export interface GlyphClassifier {
  readonly classes: readonly string[];
  predict(images: Uint8Array, n: number): Float32Array;
}

export interface SegmentOptions {
  /** How many characters the prompt asks for. */
  readonly expectedCount: number;
  /** The prompt, `expectedCount` characters; leave out where it can't be trusted. */
  readonly prompt?: string;
  /** Leave out for writing that it does not know (letters). */
  readonly classifier?: GlyphClassifier;
}
