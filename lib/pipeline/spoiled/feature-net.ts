/** A network over numbers of different sizes: each less its mean, over its spread. */
export interface FeatureNet {
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  /** For `unpackSmallNet`. */
  readonly weights: string;
}
