import type { Box } from "../../lib/core/geometry.ts";
import type { Rng } from "../../lib/core/rng.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import type { InkMask } from "../../lib/simulate/ink-mask.ts";
import { sufferMishap } from "../../lib/simulate/mishaps.ts";
import { findInkBounds } from "../../lib/simulate/page-truth.ts";
import { buildWriter } from "../../lib/simulate/simulated-writer.ts";
import { writeInBox } from "../../lib/simulate/write-in-box.ts";
import type { RealWriter } from "../bench/corpus/real-digits.ts";
import { tighten } from "../bench/spoiled/tighten.ts";
import { gatherInk } from "./gather-ink.ts";
import { strikeOut } from "./strike-out.ts";
import { wearInk } from "./wear-ink.ts";

export interface DrawnBox {
  readonly char: string;
  readonly mishap: "crossed-out" | "overwritten" | null;
  readonly image: BinaryImage;
}

const SCALE = [300 / 25.4, 300 / 25.4] as const;
const BOX: Box = [0, 0, 10, 10.5];
/** The bench's simulated writers have lower seeds. */
const FIRST_SEED = 3_000_000;
const CROSSED = 0.25;
const OVERWRITTEN = 0.25;
/** Of the crossed-out ones, those by strikes that the simulated pen of cards does not have. */
const OTHER_STRIKES = 0.6;
const FELT = 0.15;

/** One character in its box, half of them crossed out or written over, worn. `person` null: by a simulated hand. */
export function drawBox(char: string, person: RealWriter | null, rng: Rng): DrawnBox {
  const felt = rng.float() < FELT ? { penWidthMm: rng.between(0.7, 1.1) } : {};
  const writer = buildWriter(FIRST_SEED + rng.int(1e6), felt);
  const write = (what: string): InkMask => {
    const samples = person?.images.get(what);
    const sample = samples ? samples[rng.int(samples.length)]! : null;
    return writeInBox(what, writer, BOX, { rng, scale: SCALE, marginMm: 0.5, onBaseline: !/\d/.test(what), overflow: false, sample });
  };
  const ink = write(char);
  const chance = rng.float();
  const mishap = chance < CROSSED ? "crossed-out" : chance < CROSSED + OVERWRITTEN ? "overwritten" : null;
  const masks: InkMask[] = [];
  const [x, y, w, h] = findInkBounds(ink)!;
  if (mishap === "crossed-out" && rng.float() < OTHER_STRIKES) {
    const bounds: Box = [x / SCALE[0], y / SCALE[1], w / SCALE[0], h / SCALE[1]];
    masks.push(ink, strikeOut(bounds, writer.penWidthMm, { rng, scale: SCALE }));
  } else if (mishap === null) masks.push(ink);
  else masks.push(sufferMishap(ink, char, write, { [mishap]: 1 }, { writer, scale: SCALE, rng }).ink!);
  const image = tighten(wearInk(gatherInk(masks), rng));
  return { char, mishap, image };
}
