import { dropRetracted } from "../drop-retracted.ts";
import { isDecision, type LabelEvent } from "../label-event.ts";
import type { FusionInput, FusionSource, PromptedField } from "./fusion-input.ts";

/** A label with how sure its source was. */
export interface SignedLabel extends LabelEvent {
  /** Of a model's answer. */
  readonly probability: number | null;
}

export interface GlyphEvidence {
  /** Glyphs of the same field have the same; null for one that stands alone. */
  readonly fieldKey: string | null;
  /** Place in the field. */
  readonly place: number;
  /** What was asked for there; null where nothing was, or where it is not known. */
  readonly prompt: string | null;
  /** Nothing was written: it keeps its place in the field, and is no glyph to estimate. */
  readonly blank: boolean;
  /** In the order in which they were appended. */
  readonly labels: readonly SignedLabel[];
}

export interface NamedFusionInput extends FusionInput {
  /** K: what each class is; the last is `UNUSABLE`. */
  readonly names: readonly string[];
  /** For each glyph of the evidence its number as an item, -1 for a blank one. */
  readonly itemOf: Int32Array;
}

export const UNUSABLE = "unusable";

/** A model's answers are sources of their own by how sure it was: its confusions differ between them. */
const BANDS = [
  { least: 0.99, name: "sure" },
  { least: 0.9, name: "fairly sure" },
  { least: 0, name: "unsure" },
] as const;

/**
 * Collects what was said of glyphs into numbers. Of each reviewer the last decision that is not taken back counts, answers to gold items too ("blank"
 * says that no class is right, as "unusable" does); of each model the last answer. What a glyph was asked to be is no vote but part of its field, so that a
 * slip of the whole field can be seen.
 */
export function buildFusionInput(evidence: readonly GlyphEvidence[]): NamedFusionInput {
  const opinions = evidence.map(({ labels }) => listOpinions(labels));
  const names = listClasses(evidence, opinions);
  const indexOf = new Map(names.map((name, k) => [name, k]));
  const itemOf = new Int32Array(evidence.length).fill(-1);
  let items = 0;
  for (const [g, { blank }] of evidence.entries()) if (!blank) itemOf[g] = items++;

  const sources: FusionSource[] = [];
  const sourceOf = new Map<string, number>();
  const rows: [item: number, source: number, value: number][] = [];
  for (const [g, own] of opinions.entries()) {
    if (itemOf[g] < 0) continue;
    for (const { source, value } of own) {
      let s = sourceOf.get(source.name);
      if (s === undefined) {
        s = sources.push(source) - 1;
        sourceOf.set(source.name, s);
      }
      rows.push([itemOf[g], s, indexOf.get(value)!]);
    }
  }
  return {
    items,
    classes: names.length,
    sources,
    votes: {
      item: Int32Array.from(rows, ([item]) => item),
      source: Uint16Array.from(rows, ([, source]) => source),
      value: Uint8Array.from(rows, ([, , value]) => value),
    },
    fields: listFields(evidence, itemOf, indexOf),
    names,
    itemOf,
  };
}

interface Opinion {
  readonly source: FusionSource;
  readonly value: string;
}

function listOpinions(labels: readonly SignedLabel[]): Opinion[] {
  const last = new Map<string, Opinion>();
  for (const label of dropRetracted(labels)) {
    const { source, kind, by, value, probability } = label;
    if (source === "person") {
      if (isDecision(label))
        last.set(`person ${by}`, { source: { name: by, group: `person ${by}` }, value: kind === "class" ? value! : UNUSABLE });
    } else if (source === "model" && value !== null) {
      const band = BANDS.find(({ least }) => (probability ?? 0) >= least)!;
      // All models of a collection learned from MNIST, and most from these glyphs' labels: one voice.
      last.set(`model ${by}`, { source: { name: `model ${by}, ${band.name}`, group: "model" }, value });
    }
  }
  return [...last.values()];
}

function listClasses(evidence: readonly GlyphEvidence[], opinions: readonly (readonly Opinion[])[]): string[] {
  const seen = new Set<string>();
  for (const { prompt } of evidence) if (prompt !== null) seen.add(prompt);
  for (const own of opinions) for (const { value } of own) seen.add(value);
  seen.delete(UNUSABLE);
  return [...[...seen].sort(), UNUSABLE];
}

/** A field enters where all its places are known with their prompts, without a gap. */
function listFields(evidence: readonly GlyphEvidence[], itemOf: Int32Array, indexOf: ReadonlyMap<string, number>): PromptedField[] {
  const byField = new Map<string, { g: number; place: number; prompt: string }[]>();
  for (const [g, { fieldKey, place, prompt }] of evidence.entries()) {
    if (prompt === null) continue;
    // One that stands alone is a field of one place: it cannot slip.
    const key = fieldKey ?? `alone ${g}`;
    const field = byField.get(key) ?? [];
    field.push({ g, place, prompt });
    byField.set(key, field);
  }
  return [...byField.values()]
    .flatMap((field) => {
      field.sort((a, b) => a.place - b.place);
      const whole = field.every(({ place }, j) => j === 0 || place === field[j - 1].place + 1);
      return whole ? [field] : field.map((glyph) => [glyph]);
    })
    .map((field) => ({
      prompt: Uint8Array.from(field, ({ prompt }) => indexOf.get(prompt)!),
      items: Int32Array.from(field, ({ g }) => itemOf[g]),
    }));
}
