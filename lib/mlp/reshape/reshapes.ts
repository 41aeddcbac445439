/** Ways in which a network may look at its images: as they are; with their slant taken out; so many px wide; both. */
export const RESHAPES = ["none", "deslant", "width-20", "deslant-width-16", "deslant-width-20"] as const;
export type Reshape = (typeof RESHAPES)[number];

export interface ReshapePlan {
  readonly deslant: boolean;
  /** Of the ink's bounding box at 28 px a side; null: as it is. */
  readonly width: number | null;
}

export const RESHAPE_PLANS: Record<Reshape, ReshapePlan> = {
  none: { deslant: false, width: null },
  deslant: { deslant: true, width: null },
  "width-20": { deslant: false, width: 20 },
  "deslant-width-16": { deslant: true, width: 16 },
  "deslant-width-20": { deslant: true, width: 20 },
};
