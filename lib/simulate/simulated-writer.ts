import { assertArgument } from "../core/assert.ts";
import { Rng } from "../core/rng.ts";

/** `black`, `blue`, `red`, `green`: ball or gel pens; `pencil`: graphite, paler and grainy; `felt`: a black felt tip, even and opaque. */
export type InkKind = "black" | "blue" | "pencil" | "red" | "green" | "felt";

/** What makes one hand differ from another. Lengths in mm, angles in degrees, shares in [0, 1]. */
export interface WriterTraits {
  /** Lean of the uprights, to the right where positive. */
  readonly slantDeg: number;
  /** Width of a character over its usual width. */
  readonly aspect: number;
  /** Height of a digit over the height of the box it is written in. */
  readonly size: number;
  /** How far corners are rounded off. */
  readonly roundness: number;
  /** How much two samples of one character by this writer differ: 0 a machine, 1 a hasty hand. */
  readonly sloppiness: number;
  /** How far this writer's forms lie from the designed ones, the same for every sample. */
  readonly idiosyncrasy: number;
  /** Amplitude of the hand's tremor along a stroke. */
  readonly wobbleMm: number;
  readonly penWidthMm: number;
  /** How much the stroke's width changes with the pressure. */
  readonly pressure: number;
  readonly ink: InkKind;
  /** 1 for the full ink, less for a paler one. */
  readonly darkness: number;
  /** Rise or fall of a line of writing. */
  readonly baselineSlopeDeg: number;
  /** Gap between characters of a line, over the height of a capital. */
  readonly spacing: number;
  /** Share of the strokes that the pen leaves white or nearly so, in patches of half a mm (a ballpoint that skips). Default 0. */
  readonly skips?: number;
}

/** A simulated person: traits, and a seed from which the writer's own forms and choices of allographs follow. */
export interface SimulatedWriter extends WriterTraits {
  readonly seed: number;
}

/**
 * A writer from a seed: the same seed gives the same hand. `traits` overrides what chance chose.
 * The ranges are those within which the writing stays readable to a stranger.
 */
export function buildWriter(seed: number, traits: Partial<WriterTraits> = {}): SimulatedWriter {
  assertArgument(Number.isSafeInteger(seed) && seed >= 0, `a writer's seed must be a whole number of at least 0, got ${seed}`);
  const rng = new Rng(seed ^ 0x5eed);
  const drawn: WriterTraits = {
    slantDeg: clamp(6 + 8 * rng.normal(), -10, 22),
    aspect: clamp(1 + 0.12 * rng.normal(), 0.78, 1.25),
    size: rng.between(0.58, 0.78),
    roundness: rng.float(),
    sloppiness: rng.between(0.25, 0.85),
    idiosyncrasy: rng.between(0.3, 1),
    wobbleMm: rng.between(0.01, 0.06),
    penWidthMm: rng.between(0.35, 0.65),
    pressure: rng.between(0.05, 0.25),
    ink: (["black", "blue", "blue", "black", "pencil"] as const)[rng.int(5)],
    darkness: rng.between(0.8, 1),
    baselineSlopeDeg: clamp(0.6 * rng.normal(), -1.5, 1.5),
    spacing: rng.between(0.12, 0.3),
  };
  return { ...drawn, ...traits, seed };
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}
