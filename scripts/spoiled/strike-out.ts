import type { Box } from "../../lib/core/geometry.ts";
import type { Rng } from "../../lib/core/rng.ts";
import { type InkMask, inkStrokes } from "../../lib/simulate/ink-mask.ts";
import { strokeAlong } from "../../lib/simulate/mishaps.ts";

type Path = readonly (readonly [number, number])[];

/** Across a square of 1 by 1 about its middle: `x` along the way that the hand goes, `y` across it. */
const STYLES: readonly ((rng: Rng) => readonly Path[])[] = [
  // Strikes beside each other, all in one direction.
  (rng) => {
    const strikes = 2 + rng.int(4);
    return Array.from({ length: strikes }, (_, i) => {
      const y = (i + 1) / (strikes + 1) - 0.5;
      return [
        [-0.55, y],
        [0.55, y],
      ];
    });
  },
  // There and back, without lifting the pen.
  (rng) => {
    const turns = 4 + rng.int(10);
    return [Array.from({ length: turns + 1 }, (_, i) => [i / turns - 0.5, i % 2 === 0 ? -0.5 : 0.5])];
  },
  // Loops along the way.
  (rng) => {
    const loops = 2 + rng.int(5);
    const width = rng.between(0.1, 0.3);
    return [
      Array.from({ length: 16 * loops + 1 }, (_, i) => {
        const turn = (2 * Math.PI * i) / 16;
        return [i / (16 * loops) - 0.5 + width * Math.cos(turn), 0.5 * Math.sin(turn)];
      }),
    ];
  },
  // Round and round.
  (rng) => {
    const rounds = 2 + rng.int(4);
    return [
      Array.from({ length: 20 * rounds + 1 }, (_, i) => {
        const turn = (2 * Math.PI * i) / 20;
        const r = 0.5 * (0.35 + 0.65 * Math.abs(Math.sin(0.13 * turn + rounds)));
        return [r * Math.cos(turn), r * Math.sin(turn)];
      }),
    ];
  },
  // Two strikes across each other, or four.
  (rng) => {
    const twice = rng.float() < 0.3 ? [0, 0.15] : [0];
    return twice.flatMap((off) => [
      [
        [-0.5, -0.5 + off],
        [0.5, 0.5 + off],
      ],
      [
        [-0.5 + off, 0.5],
        [0.5 + off, -0.5],
      ],
    ]);
  },
];

/**
 * Ways of crossing a character out that the simulated pen of cards does not have, any way round: a network that knew that pen's alone would know little of people.
 * @param bounds of the character, mm. @param scale px per mm
 */
export function strikeOut(
  [left, top, width, height]: Box,
  penWidthMm: number,
  { rng, scale }: { rng: Rng; scale: readonly [number, number] },
): InkMask {
  const style = rng.int(STYLES.length);
  // A cross goes from corner to corner; the others any way.
  const angle =
    style === STYLES.length - 1
      ? 0.15 * rng.normal()
      : rng.float() < 0.5
        ? (Math.PI / 2) * rng.int(2) + 0.15 * rng.normal()
        : rng.between(0, Math.PI);
  const beyond = rng.between(0, 0.8);
  const [w, h] = [Math.max(2, width + 2 * beyond), Math.max(2.5, height + 2 * beyond)];
  const unsteady = rng.between(0.01, 0.07);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const strokes = STYLES[style]!(rng).map((path) =>
    strokeAlong(
      path.map(([x, y]) => {
        const [u, v] = [x + unsteady * rng.normal(), y + unsteady * rng.normal()];
        return [left + width / 2 + w * (u * cos - v * sin), top + height / 2 + h * (u * sin + v * cos)] as const;
      }),
      penWidthMm * rng.between(0.85, 1.25),
      rng,
    ),
  );
  return inkStrokes(strokes, scale, [0, 0]);
}
