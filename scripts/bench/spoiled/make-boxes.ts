import type { Box } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { classifyGlyphs } from "../../../lib/pipeline/classify-glyphs.ts";
import type { BoxInk } from "../../../lib/pipeline/describe-ink.ts";
import type { Classifier } from "../../../lib/pipeline/page-reading.ts";
import { copyWrongly } from "../../../lib/simulate/copy-wrongly.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { sufferMishap } from "../../../lib/simulate/mishaps.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeInBox } from "../../../lib/simulate/write-in-box.ts";
import { gatherInk } from "../../spoiled/gather-ink.ts";
import { wearInk } from "../../spoiled/wear-ink.ts";
import type { RealWriter } from "../corpus/real-digits.ts";
import { tighten } from "./tighten.ts";

/** A box as the reader sees it, and what happened to it. */
export interface MadeBox extends BoxInk {
  readonly mishap: "crossed-out" | "overwritten" | null;
}

export interface Writing {
  readonly seed: number;
  /** What is asked for, box by box. */
  readonly prompts: readonly string[];
  /** Whose digits are written; null: the simulated pen's. */
  readonly person: RealWriter | null;
  /** Of crossing out, and of writing over, for each box. */
  readonly rate: number;
  /** Null where it knows none of the prompts. */
  readonly classifier: Classifier | null;
  /** All boxes as one pen, scanner or camera leaves them, by chance a bad one. Default false. */
  readonly worn?: boolean;
}

const SCALE = [300 / 25.4, 300 / 25.4] as const;
const BOX: Box = [0, 0, 10, 10.5];
const WRONG_COPIES = 0.02;

/** One writer's boxes at 300 dpi, some of them crossed out or written over; a person's own digits come in the order in which MNIST has them. */
export function makeBoxes({ seed, prompts, person, rate, classifier, worn = false }: Writing): MadeBox[] {
  const rng = new Rng(seed);
  const writer = buildWriter(rng.int(1e6));
  const taken = new Map<string, number>();
  const write = (char: string) => {
    const samples = person?.images.get(char);
    const next = taken.get(char) ?? 0;
    taken.set(char, next + 1);
    const sample = samples ? samples[next % samples.length]! : null;
    const onBaseline = !/\d/.test(char);
    return writeInBox(char, writer, BOX, { rng, scale: SCALE, marginMm: 0.5, onBaseline, overflow: false, sample });
  };
  const made = prompts.map((prompt) => {
    const written = copyWrongly(prompt, rng, { errorRate: WRONG_COPIES, blankRate: 0 }) ?? prompt;
    const { ink, mishap } = sufferMishap(
      write(written),
      written,
      write,
      { "crossed-out": rate, overwritten: rate },
      { writer, scale: SCALE, rng },
    );
    return {
      prompt,
      image: tighten(worn ? wearInk(gatherInk([ink!]), new Rng(seed)) : toBinary(ink!)),
      mishap: (mishap ?? null) as MadeBox["mishap"],
    };
  });
  const predictions = classifier
    ? classifyGlyphs(
        made.map(({ image }) => normalizeGlyph(image)),
        prompts,
        classifier,
      )
    : made.map(() => null);
  return made.map((box, i) => ({ ...box, prediction: predictions[i]! }));
}
