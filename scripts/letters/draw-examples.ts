import type { Point } from "../../lib/core/geometry.ts";
import type { Rng } from "../../lib/core/rng.ts";
import { normalizeGlyph } from "../../lib/glyph/normalize-glyph.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import { fillOutline } from "./fill-outline.ts";
import { LETTERS, type Outline } from "./load-letters.ts";

/** A capital's height as it is drawn, and room for what reaches beyond it. */
const CAPITAL_PX = 40;
const SIDE = 140;
/** Letters of which a part is no other one's whole. */
const PARTIBLE = [..."ABDEGHKMNPQRSUVWXYZabdeghkmnpqsuwxyz"];

export interface Examples {
  /** n x 784. */
  readonly images: Uint8Array;
  /** Places in `LETTERS`; its length: no letter, but two, or a part of one. */
  readonly labels: Uint8Array;
}

/**
 * Draws each letter of each hand `times` times, leaned, stretched, turned and with another pen each time; and a third as many pictures of what a wrong cut leaves:
 * two letters, one with a bit of its neighbour, a part of one.
 */
export function drawExamples(hands: readonly ReadonlyMap<string, Outline>[], times: number, rng: Rng): Examples {
  const images: Uint8Array[] = [];
  const labels: number[] = [];
  const add = (image: BinaryImage, label: number): void => {
    if (!image.data.includes(1)) return;
    images.push(normalizeGlyph(image));
    labels.push(label);
  };
  for (const hand of hands)
    for (let time = 0; time < times; time++) {
      for (const [label, letter] of LETTERS.entries()) add(draw([loseDot(letter, hand.get(letter)!, rng)], rng), label);
      for (let k = 0; k < LETTERS.length / 3; k++) add(drawWrongCut(hand, rng), LETTERS.length);
    }
  const order = rng.shuffle(Uint32Array.from(images.keys()));
  const packed = new Uint8Array(784 * images.length);
  order.forEach((from, to) => {
    packed.set(images[from]!, 784 * to);
  });
  return { images: packed, labels: Uint8Array.from(order, (from) => labels[from]!) };
}

/** One dot in six is too faint for the scan. */
function loseDot(letter: string, outline: Outline, rng: Rng): Outline {
  if ((letter !== "i" && letter !== "j") || rng.float() >= 1 / 6) return outline;
  const lowest = (line: readonly Point[]): number => Math.max(...line.map(({ y }) => y));
  return [outline.reduce((a, b) => (lowest(b) > lowest(a) ? b : a))];
}

function drawWrongCut(hand: ReadonlyMap<string, Outline>, rng: Rng): BinaryImage {
  const how = rng.float();
  // Small letters stand among small ones.
  const kind = rng.float() < 0.5 ? PARTIBLE.filter((c) => c < "a") : PARTIBLE.filter((c) => c >= "a");
  const any = rng.float() < 0.5 ? LETTERS.slice(0, 26) : LETTERS.slice(26);
  const pick = (from: readonly string[]): Outline => hand.get(from[rng.int(from.length)]!)!;
  if (how < 0.35) return draw([pick(any), pick(any)], rng);
  if (how < 0.65) {
    const part = rng.between(0.2, 0.6);
    return rng.float() < 0.5
      ? draw([pick(any), keepPart(pick(kind), 0, part)], rng)
      : draw([keepPart(pick(kind), 1 - part, 1), pick(any)], rng);
  }
  const part = rng.between(0.3, 0.65);
  return draw([rng.float() < 0.5 ? keepPart(pick(kind), 0, part) : keepPart(pick(kind), 1 - part, 1)], rng);
}

/** What lies between two shares of an outline's width: everything else is squeezed onto the edge, where it winds around nothing. */
function keepPart(outline: Outline, from: number, to: number): Outline {
  const [left, right] = spanOf(outline);
  const [low, high] = [left + from * (right - left), left + to * (right - left)];
  return outline.map((line) => line.map(({ x, y }) => ({ x: Math.max(low, Math.min(high, x)), y })));
}

function spanOf(outline: Outline): [number, number] {
  const xs = outline.flat().map(({ x }) => x);
  return [Math.min(...xs), Math.max(...xs)];
}

/** Letters side by side as one hand writes them: those behind the first touch the one before. */
function draw(letters: readonly Outline[], rng: Rng): BinaryImage {
  const lean = rng.between(-0.25, 0.35);
  const [wide, high] = [rng.between(0.75, 1.3), rng.between(0.85, 1.15)];
  const turn = rng.between(-0.12, 0.12);
  const waves = [0, 1].map(() => ({ by: rng.between(0, 0.05), along: rng.between(2, 6), at: rng.between(0, 6.3) }));
  let end = 0;
  const lines: Point[][] = [];
  for (const [i, letter] of letters.entries()) {
    const [left, right] = spanOf(letter);
    const shift = i === 0 ? -left : end - left - rng.between(0, 0.12);
    for (const line of letter) lines.push(line.map(({ x, y }) => place(x + shift, y)));
    end = right + shift;
  }
  const xs = lines.flat().map(({ x }) => x);
  const ys = lines.flat().map(({ y }) => y);
  const [x0, y0] = [Math.min(...xs) - 4, Math.min(...ys) - 4];
  const size = (values: readonly number[]): number => Math.min(SIDE, Math.ceil(Math.max(...values) - Math.min(...values)) + 8);
  return fillOutline(
    lines.map((line) => line.map(({ x, y }) => ({ x: x - x0, y: y - y0 }))),
    size(xs),
    size(ys),
    rng.float() < 0.3 ? 0 : rng.between(1, 2.6),
  );

  function place(x: number, y: number): Point {
    const u = wide * (x - lean * y + waves[0]!.by * Math.sin(waves[0]!.along * y + waves[0]!.at));
    const v = high * (y + waves[1]!.by * Math.sin(waves[1]!.along * x + waves[1]!.at));
    return { x: CAPITAL_PX * (u * Math.cos(turn) - v * Math.sin(turn)), y: CAPITAL_PX * (u * Math.sin(turn) + v * Math.cos(turn)) };
  }
}
