import type { GlyphDetail, GlyphView } from "../../../../../../lib/contracts/review.ts";

/** What speaks for one class. */
export interface Evidence {
  /** A character, "unusable" or "blank". */
  readonly value: string;
  /** What all sources together amount to, where that was estimated. Without the glyph's detail that of the likeliest class alone is known. */
  readonly estimate: number | null;
  /** The model's own probability. */
  readonly model: number | null;
  /** Who says so: "prompt", a reviewer's name. */
  readonly by: readonly string[];
}

/** The classes that anything speaks for, the likeliest first. Without `detail` people are left out. */
export function listEvidence(
  { prompt, prediction, fused }: Pick<GlyphView, "prompt" | "prediction" | "fused">,
  detail: GlyphDetail | null,
): readonly Evidence[] {
  const classes = new Map<string, { estimate: number | null; model: number | null; by: string[] }>();
  const of = (value: string) => {
    const known = classes.get(value) ?? { estimate: null, model: null, by: [] };
    classes.set(value, known);
    return known;
  };
  const posterior = detail?.posterior ?? null;
  if (posterior !== null) for (const { label, probability } of posterior.classes) of(label).estimate = probability;
  else if (fused !== null) of(fused.label).estimate = fused.probability;
  if (prediction !== null) of(prediction.label).model = prediction.probability;
  if (prompt !== null) of(prompt).by.push("prompt");
  if (detail !== null && detail.suspectLabel !== null) of(detail.suspectLabel).by.push("networks that never saw this writer");
  for (const { by, kind, value } of detail?.decisions ?? []) of(value ?? kind).by.push(by);
  return [...classes]
    .map(([value, evidence]) => ({ value, ...evidence }))
    .sort((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0) || b.by.length - a.by.length || (b.model ?? 0) - (a.model ?? 0));
}
