import { expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { type LinePiece, openPieceRoom, profilePiece } from "../../../lib/page/line-pieces.ts";

const WIDTH = 190;
const HEIGHT = 141;

it("a piece's profile by the kernel is the plain one to the last bit, turned, slanted, at the edges, and null beyond", () => {
  const rng = new Rng(4);
  const image = { width: WIDTH, height: HEIGHT, data: Uint8Array.from({ length: WIDTH * HEIGHT }, () => rng.int(256)) };
  const maps = [Float64Array.of(6, 0.1, 0.2, -0.1, 6, 0.3, 0, 0, 1), Float64Array.of(0.4, -5.9, 150, 6.1, 0.3, 4, 0.001, 0.002, 1)];
  let measured = 0;
  for (const mmToPx of maps) {
    for (let i = 0; i < 60; i++) {
      const from = 20 * rng.float();
      const direction = i % 2 === 0 ? "h" : "v";
      const piece: LinePiece = { direction, at: 0.2 + 22 * rng.float(), from, to: from + 3 + 5 * rng.float(), lineMm: 0.3 };
      const shape = { reach: i % 3 === 0 ? 0.2 : 1, count: i % 3 === 0 ? 5 : 21, alongMm: 0.6 };
      const map = { mmToPx, bend: null };
      const plain = profilePiece({ image, room: null }, map, piece, shape);
      expect(profilePiece(openPieceRoom(image), map, piece, shape)).toEqual(plain);
      if (plain !== null) measured++;
    }
  }
  expect(measured).toBeGreaterThan(40);
  expect(measured).toBeLessThan(120);
});
