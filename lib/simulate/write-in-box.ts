import type { Box } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import { type InkMask, inkStrokes, measureStrokes } from "./ink-mask.ts";
import { fitSample, inkSample } from "./ink-sample.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import { type PenStroke, writeCharacter } from "./write-character.ts";

export interface BoxWriting {
  readonly rng: Rng;
  /** px per mm in x and y. */
  readonly scale: readonly [number, number];
  /** Distance the ink keeps from the box's lines. */
  readonly marginMm: number;
  /** Where letters stand: on a base line, so that `p` hangs lower than `b`; else centred. */
  readonly onBaseline: boolean;
  /** Let the ink cross one of the box's lines by 0.3 to 1.2 mm. */
  readonly overflow: boolean;
  /** A real character's 28 x 28 image (255 = ink) to write instead of the pen's own strokes; null: the pen's. */
  readonly sample?: Uint8Array | null;
}

/** Writes one character into its box with natural jitter; too big a character is written smaller. */
export function writeInBox(char: string, writer: SimulatedWriter, box: Box, options: BoxWriting): InkMask {
  const { rng, marginMm } = options;
  const [left, top, width, height] = box;
  // A descender needs room below the base line.
  const capHeightMm = height * writer.size * (options.onBaseline ? 0.8 : 1) * (1 + 0.05 * rng.normal());
  const drawing = drawCharacter(char, writer, capHeightMm, [width - 2 * marginMm, height - 2 * marginMm], options);
  const { extent } = drawing;
  const freeX = width - 2 * marginMm - (extent[2] - extent[0]);
  const freeY = height - 2 * marginMm - (extent[3] - extent[1]);
  let x = left + marginMm - extent[0] + freeX * clamp01(0.5 + 0.15 * rng.normal());
  let y = top + marginMm - extent[1] + freeY * clamp01(0.5 + 0.16 * rng.normal());
  if (options.onBaseline) {
    const baseline = top + height * 0.74 + 0.03 * height * rng.normal();
    const highest = top + marginMm - extent[1];
    y = Math.min(highest + freeY, Math.max(highest, baseline));
  }
  if (options.overflow) {
    const beyond = rng.between(0.3, 1.2);
    const side = rng.int(4);
    if (side === 0) x = left - beyond - extent[0];
    else if (side === 1) x = left + width + beyond - extent[2];
    else if (side === 2) y = top - beyond - extent[1];
    else y = top + height + beyond - extent[3];
  }
  return drawing.ink([x, y]);
}

/** Strokes or a sample, fitted into `room` (mm): its extent about its origin on the base line, and its ink wherever that is put. */
function drawCharacter(
  char: string,
  writer: SimulatedWriter,
  capHeightMm: number,
  room: readonly [number, number],
  { rng, scale, sample }: BoxWriting,
): { extent: readonly [number, number, number, number]; ink: (at: readonly [number, number]) => InkMask } {
  if (sample) {
    const fitted = fitSample(sample, capHeightMm, room);
    return { extent: fitted.extent, ink: (at) => inkSample(fitted, scale, at) };
  }
  const strokes = fitStrokes(writeCharacter(char, writer, { capHeightMm, rng }), room[0], room[1]);
  return { extent: measureStrokes(strokes), ink: (at) => inkStrokes(strokes, scale, at) };
}

/** Shrinks strokes about their origin until their ink fits; the nib keeps its width. */
export function fitStrokes(strokes: PenStroke[], maxWidthMm: number, maxHeightMm: number): PenStroke[] {
  const [left, top, right, bottom] = measureStrokes(strokes);
  const pen = Math.max(...strokes.map((stroke) => stroke.radius.reduce((a, b) => Math.max(a, b), 0))) * 2;
  const factor = Math.min(1, shrink(right - left, maxWidthMm, pen), shrink(bottom - top, maxHeightMm, pen));
  if (factor >= 1) return strokes;
  return strokes.map((stroke) => ({ x: stroke.x.map((v) => v * factor), y: stroke.y.map((v) => v * factor), radius: stroke.radius }));
}

function shrink(size: number, room: number, pen: number): number {
  return size <= room ? 1 : Math.max(0.1, (room - pen) / (size - pen));
}

function clamp01(x: number): number {
  return Math.min(1, Math.max(0, x));
}
