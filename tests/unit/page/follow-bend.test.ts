import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import type { Card } from "../../../lib/card/card-manifest.ts";
import type { Point } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { solveHomography } from "../../../lib/image/homography.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { followBend } from "../../../lib/page/follow-bend.ts";
import { listPrinted } from "../../../lib/page/list-printed.ts";
import { mapToScan } from "../../../lib/page/page-map.ts";

const PX = 6;

/** The card's printed lines alone at 6 px/mm, each point moved by `move` (mm), with some noise and strokes across. */
function drawLines(card: Card, move: (p: Point) => Point, seed: number): GrayImage {
  const page = card.pages[0];
  const [width, height] = [Math.ceil((page.widthMm + 20) * PX), Math.ceil((page.heightMm + 20) * PX)];
  const rng = new Rng(seed);
  const data = Uint8Array.from({ length: width * height }, () => 215 + rng.int(20));
  const dot = (mm: Point, size: number): void => {
    const p = move(mm);
    const [x0, y0] = [(p.x + 10) * PX - size / 2, (p.y + 10) * PX - size / 2];
    for (let y = Math.round(y0); y < Math.round(y0 + size); y++)
      for (let x = Math.round(x0); x < Math.round(x0 + size); x++)
        if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 60;
  };
  for (const { direction, at, from, to } of listPrinted(card, 0).lines)
    for (let s = from; s <= to; s += 0.1) dot(direction === "h" ? { x: s, y: at } : { x: at, y: s }, 2);
  for (let i = 0; i < 300; i++) {
    const start = { x: rng.between(20, page.widthMm - 20), y: rng.between(40, page.heightMm - 40) };
    const slope = rng.between(0, 6.28);
    for (let s = 0; s < 7; s += 0.1) dot({ x: start.x + s * Math.cos(slope), y: start.y + s * Math.sin(slope) }, 3);
  }
  return { width, height, data };
}

/** The homography that four marks of a bent sheet give, and their corners. */
function marksOf(card: Card, move: (p: Point) => Point, ids: readonly number[]) {
  const anchors = card.pages[0].fiducials
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ xMm, yMm, sizeMm }) =>
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([x, y]) => {
        const mm = { x: xMm + (x * sizeMm) / 2, y: yMm + (y * sizeMm) / 2 };
        const p = move(mm);
        return { mm, px: { x: (p.x + 10) * PX, y: (p.y + 10) * PX } };
      }),
    );
  return {
    anchors,
    mmToPx: solveHomography(
      anchors.map(({ mm }) => mm),
      anchors.map(({ px }) => px),
    ),
  };
}

function worstMm(card: Card, move: (p: Point) => Point, ids: readonly number[]): { worst: number; bent: boolean; seenShare: number } {
  const image = drawLines(card, move, 3);
  const marks = marksOf(card, move, ids);
  const { bend, seenShare } = followBend(image, card.pages[0], { ...marks, lines: listPrinted(card, 0).lines });
  let worst = 0;
  for (const { box } of card.pages[0].fields) {
    for (const [u, v] of [
      [0, 0],
      [1, 0],
      [0.5, 0.5],
      [0, 1],
      [1, 1],
    ]) {
      const mm = { x: box[0] + u * box[2], y: box[1] + v * box[3] };
      const [p, truth] = [mapToScan({ mmToPx: marks.mmToPx, bend }, mm), move(mm)];
      worst = Math.max(worst, Math.hypot(p.x / PX - 10 - truth.x, p.y / PX - 10 - truth.y));
    }
  }
  return { worst, bent: bend !== null, seenShare };
}

describe("followBend", () => {
  const digits = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" });
  const nist = buildCard({ template: "nist-hsf", paper: "letter", seed: 1, dropOut: "none" });
  const bulge = ({ x, y }: Point): Point => ({ x: x + 1.5 * Math.sin(y / 80), y: y + 6 * Math.sin((Math.PI * y) / 297) + 0.00004 * x * x });
  const crease = ({ x, y }: Point): Point => ({ x: x + 0.015 * Math.abs(y - 140), y: y - 0.03 * Math.abs(y - 140) });

  it("leaves a flat card flat", () => {
    const flat = worstMm(digits, (p) => p, [0, 1, 2, 3]);
    expect(flat.bent).toBe(false);
    expect(flat.seenShare).toBeGreaterThan(0.97);
  });

  it("follows a sheet that bulges by 6 mm, boxes 2 mm apart and all, and a crease", () => {
    expect(worstMm(digits, bulge, [0, 1, 2, 3]).worst).toBeLessThan(0.3);
    expect(worstMm(nist, bulge, [0, 1, 2, 3]).worst).toBeLessThan(0.4);
    expect(worstMm(digits, crease, [0, 1, 2, 3]).worst).toBeLessThan(0.3);
  });

  it("finds its way from three marks, and from two at one side, over the whole page", () => {
    expect(worstMm(digits, bulge, [0, 1, 3]).worst).toBeLessThan(0.4);
    expect(worstMm(digits, bulge, [0, 3]).worst).toBeLessThan(0.4);
  });
});
