import { assertArgument } from "../../core/assert.ts";

/**
 * What was said of N glyphs, as numbers. Classes are 0 .. K-1; "unusable" is one of them, by custom the last, so that a person's "no class is
 * right" is a vote like any other. Vote v: source `source[v]` said of glyph `item[v]` that it is `value[v]`.
 */
export interface FusionInput {
  /** N. */
  readonly items: number;
  /** K, at least 2. */
  readonly classes: number;
  readonly sources: readonly FusionSource[];
  readonly votes: {
    readonly item: Int32Array;
    readonly source: Uint16Array;
    readonly value: Uint8Array;
  };
  /** Fields that were to be copied from a prompt; a glyph is in one at most. The prompts are one more source, with a confusion matrix of its own. */
  readonly fields: readonly PromptedField[];
}

export interface FusionSource {
  readonly name: string;
  /**
   * Sources of the same group that speak of the same glyph count as one voice together: models that learned from the same labels make the same
   * mistakes. Each reviewer is a group of one.
   */
  readonly group: string;
}

export interface PromptedField {
  /** Class asked for at each place, left to right. */
  readonly prompt: Uint8Array;
  /** Glyph at each place, -1 where the box is blank; as long as `prompt`. */
  readonly items: Int32Array;
}

/** @throws InkformError `invalid-argument`, saying which number is out of range */
export function checkFusionInput({ items, classes, sources, votes, fields }: FusionInput): void {
  assertArgument(Number.isInteger(classes) && classes >= 2 && classes <= 256, `Fusion needs 2 to 256 classes, not ${classes}.`);
  const { item, source, value } = votes;
  assertArgument(
    item.length === source.length && item.length === value.length,
    `The votes' columns differ in length: ${item.length} glyphs, ${source.length} sources, ${value.length} values.`,
  );
  for (let v = 0; v < item.length; v++) {
    assertArgument(item[v] >= 0 && item[v] < items, `Vote ${v} is about glyph ${item[v]}, and there are ${items}.`);
    assertArgument(source[v] < sources.length, `Vote ${v} is of source ${source[v]}, and there are ${sources.length}.`);
    assertArgument(value[v] < classes, `Vote ${v} is for class ${value[v]}, and there are ${classes}.`);
  }
  const placed = new Uint8Array(items);
  for (const [f, field] of fields.entries()) {
    assertArgument(
      field.prompt.length === field.items.length,
      `Field ${f} has ${field.prompt.length} prompts for ${field.items.length} places.`,
    );
    for (const asked of field.prompt) assertArgument(asked < classes, `Field ${f} asks for class ${asked}, and there are ${classes}.`);
    for (const n of field.items) {
      if (n === -1) continue;
      assertArgument(n >= 0 && n < items, `Field ${f} holds glyph ${n}, and there are ${items}.`);
      assertArgument(placed[n] === 0, `Glyph ${n} is at two places.`);
      placed[n] = 1;
    }
  }
}
