import type { Rng } from "../core/rng.ts";
import { copyWrongly } from "./copy-wrongly.ts";
import { type InkMask, inkStrokes } from "./ink-mask.ts";
import { findInkBounds, type Mishap } from "./page-truth.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import type { PenStroke } from "./write-character.ts";

const MISHAPS: readonly Mishap[] = ["crossed-out", "overwritten", "erased", "smeared"];

/** Probability of each, for a written box. */
export type MishapRates = Readonly<Partial<Record<Mishap, number>>>;

export interface MishapPen {
  readonly writer: SimulatedWriter;
  /** px per mm. */
  readonly scale: readonly [number, number];
  readonly rng: Rng;
}

/** A character's ink after what happened. */
export interface MishapTraces {
  readonly ink: InkMask | null;
  readonly mishap?: Mishap;
  readonly under?: string;
  /** Traces that are not the character's, to be drawn first: a rubbed-out one, a smear. */
  readonly faint?: readonly InkMask[];
}

/** Lets at most one mishap happen to a character in its box. @param write writes another character there. */
export function sufferMishap(
  ink: InkMask,
  char: string,
  write: (other: string) => InkMask,
  rates: MishapRates,
  pen: MishapPen,
): MishapTraces {
  const { rng } = pen;
  let at = rng.float();
  const mishap = MISHAPS.find((candidate) => {
    at -= rates[candidate] ?? 0;
    return at < 0;
  });
  if (mishap === undefined) return { ink };
  if (mishap === "crossed-out") return { ink: crossOut(ink, pen), mishap };
  if (mishap === "smeared") return { ink, mishap, faint: [smearTrail(ink, pen)] };
  const under = copyWrongly(char, rng, { errorRate: 1, blankRate: 0 }) ?? char;
  const below = write(under);
  if (mishap === "overwritten") return { ink: mergeInk(centreOn(below, ink, pen), ink), mishap, under };
  return { ink, mishap, under, faint: [fadeInk(below, rng.between(0.08, 0.2)), eraserCloud(below, pen)] };
}

/** Moves ink to lie over other ink, a third of a mm off by chance. */
function centreOn(ink: InkMask, other: InkMask, { scale, rng }: MishapPen): InkMask {
  const dx = other.x + other.width / 2 - ink.x - ink.width / 2 + 0.3 * scale[0] * rng.normal();
  const dy = other.y + other.height / 2 - ink.y - ink.height / 2 + 0.3 * scale[1] * rng.normal();
  return { ...ink, x: ink.x + Math.round(dx), y: ink.y + Math.round(dy) };
}

/** The character with a cross, two to four strikes or a scribble over it. */
function crossOut(ink: InkMask, { writer, scale, rng }: MishapPen): InkMask {
  const bounds = findInkBounds(ink);
  if (!bounds) return ink;
  const beyond = rng.between(0.1, 0.5);
  const left = bounds[0] / scale[0] - beyond;
  const top = bounds[1] / scale[1] - beyond;
  const width = Math.max(2.5, bounds[2] / scale[0] + 2 * beyond);
  const height = bounds[3] / scale[1] + 2 * beyond;
  const near = (x: number, y: number): readonly [number, number] => [
    left + width * (x + 0.06 * rng.normal()),
    top + height * (y + 0.06 * rng.normal()),
  ];
  const style = rng.int(3);
  const paths: (readonly [number, number])[][] = [];
  if (style === 0) {
    paths.push([near(0, 0), near(1, 1)], [near(1, 0), near(0, 1)]);
  } else if (style === 1) {
    // One alone would make a continental 7 of a 7 and a t of a 1.
    const strikes = 2 + rng.int(3);
    for (let i = 1; i <= strikes; i++) paths.push([near(0, i / (strikes + 1)), near(1, i / (strikes + 1) - 0.1)]);
  } else {
    const turns = 5 + rng.int(5);
    paths.push(Array.from({ length: turns + 1 }, (_, i) => near(i / turns, i % 2)));
  }
  return mergeInk(
    ink,
    inkStrokes(
      paths.map((path) => strokeAlong(path, writer.penWidthMm, rng)),
      scale,
      [0, 0],
    ),
  );
}

/** The wet ink drawn along by a hand: a trail to one side, which grows paler. Only the trail. */
function smearTrail(ink: InkMask, { scale, rng }: MishapPen): InkMask {
  const length = rng.between(1, 3.5) * scale[0];
  const strength = rng.between(0.15, 0.4);
  const slope = rng.between(-0.3, 0.3);
  const reach = Math.ceil(length);
  const rise = Math.ceil(Math.abs(slope) * length);
  const width = ink.width + reach;
  const height = ink.height + 2 * rise;
  const coverage = new Uint8Array(width * height);
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const dark = ink.coverage[y * ink.width + x];
      if (dark < 64) continue;
      for (let d = 1; d < length; d++) {
        const k = (y + rise + Math.round(slope * d)) * width + x + d;
        const value = dark * strength * (1 - d / length);
        if (value > coverage[k]) coverage[k] = value;
      }
    }
  }
  return { x: ink.x, y: ink.y - rise, width, height, coverage };
}

/** What a rubber leaves: a grey cloud where something was. */
function eraserCloud(ink: InkMask, { scale, rng }: MishapPen): InkMask {
  const margin = Math.round(1 * scale[0]);
  const [width, height] = [ink.width + 2 * margin, ink.height + 2 * margin];
  const strength = rng.between(8, 22);
  const angle = rng.between(0, Math.PI);
  const k = (2 * Math.PI) / (rng.between(0.8, 2) * scale[0]);
  const coverage = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const r = Math.hypot((2 * x) / width - 1, (2 * y) / height - 1);
      const rubbed = 0.7 + 0.3 * Math.sin(k * (x * Math.cos(angle) + y * Math.sin(angle)));
      coverage[y * width + x] = strength * rubbed * Math.min(1, Math.max(0, 2.2 - 2 * r));
    }
  }
  return { x: ink.x - margin, y: ink.y - margin, width, height, coverage };
}

/** Ink of which only a share is left. */
function fadeInk(ink: InkMask, share: number): InkMask {
  return { ...ink, coverage: ink.coverage.map((c) => c * share) };
}

/** Both inks in one mask. */
function mergeInk(a: InkMask, b: InkMask): InkMask {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  const coverage = new Uint8Array(width * height);
  for (const ink of [a, b]) {
    for (let row = 0; row < ink.height; row++) {
      const to = (ink.y - y + row) * width + ink.x - x;
      for (let i = 0; i < ink.width; i++) coverage[to + i] = Math.max(coverage[to + i], ink.coverage[row * ink.width + i]);
    }
  }
  return { x, y, width, height, coverage };
}

/** A stroke through points (mm) with a little tremor, sampled every 0.1 mm. */
export function strokeAlong(path: readonly (readonly [number, number])[], penWidthMm: number, rng: Rng): PenStroke {
  const [xs, ys]: [number[], number[]] = [[], []];
  const phase = rng.between(0, 6.28);
  for (let i = 1; i < path.length; i++) {
    const [ax, ay] = path[i - 1];
    const [bx, by] = path[i];
    const length = Math.hypot(bx - ax, by - ay);
    const steps = Math.max(1, Math.ceil(length / 0.1));
    for (let s = i === 1 ? 0 : 1; s <= steps; s++) {
      const t = s / steps;
      const off = 0.12 * Math.sin(1.7 * t * length + phase) * Math.sin(Math.PI * t);
      xs.push(ax + (bx - ax) * t - ((by - ay) / Math.max(length, 0.01)) * off);
      ys.push(ay + (by - ay) * t + ((bx - ax) / Math.max(length, 0.01)) * off);
    }
  }
  return { x: Float64Array.from(xs), y: Float64Array.from(ys), radius: new Float64Array(xs.length).fill(penWidthMm / 2) };
}
