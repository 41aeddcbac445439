import { expect, it } from "vitest";
import type { Field } from "../../../lib/card/card-manifest.ts";
import type { PrintedLine } from "../../../lib/page/list-printed.ts";
import { locateLines } from "../../../lib/page/locate-lines.ts";
import type { RectifiedPage } from "../../../lib/page/rectify-page.ts";
import { PX_PER_MM_300 } from "../../../lib/page/register-page.ts";

/** Four boxes of 8 x 10 mm, 10 mm apart. */
const LEFT = [5, 15, 25, 35];
const FIELD: Field = {
  name: "a",
  kind: "digits",
  prompt: "0123",
  box: [5, 5, 38, 10],
  boxes: LEFT.map((x) => [x, 5, 8, 10]),
};
const WIDE = 0.3;

function frame([x, y, width, height]: readonly number[]): PrintedLine[] {
  const across = [y, y + height].map((at) => ({ direction: "h" as const, at, from: x, to: x + width, lineMm: WIDE }));
  return [...across, ...[x, x + width].map((at) => ({ direction: "v" as const, at, from: y, to: y + height, lineMm: WIDE }))];
}

const LINES = FIELD.boxes.flatMap(frame);

/** Black lines on white paper, each `shift(line)` mm right of or below its place. */
function draw(shift: (line: PrintedLine) => number): RectifiedPage {
  const [width, height] = [48, 20].map((mm) => Math.ceil(mm * PX_PER_MM_300));
  const data = new Uint8Array(width * height).fill(250);
  for (const line of LINES) {
    const at = (line.at + shift(line) - WIDE / 2) * PX_PER_MM_300;
    const [from, to] = [line.from, line.to].map((mm) => Math.round(mm * PX_PER_MM_300));
    for (let across = Math.round(at); across < Math.round(at + WIDE * PX_PER_MM_300); across++)
      for (let along = from; along < to; along++) data[line.direction === "h" ? across * width + along : along * width + across] = 20;
  }
  const gray = { width, height, data };
  return { gray, print: gray, originMm: { x: 0, y: 0 }, toScan: (px) => px };
}

it("says how far a box is out of shape, and of no other: sides nearer together than printed, above one another and beside", () => {
  const flat = locateLines(
    draw(() => 0),
    FIELD,
    LINES,
  );
  expect(Math.max(...flat.boxesOff)).toBeLessThan(0.06);
  const narrow = locateLines(
    draw(({ direction, at }) => (direction === "v" && at === 33 ? -0.35 : 0)),
    FIELD,
    LINES,
  );
  expect(narrow.boxesOff[2]).toBeCloseTo(0.35, 1);
  expect(Math.max(...narrow.boxesOff.filter((_, i) => i !== 2))).toBeLessThan(0.06);
  const low = locateLines(
    draw(({ direction, at, from }) => (direction === "h" && at === 15 && from === 35 ? 0.35 : 0)),
    FIELD,
    LINES,
  );
  expect(low.boxesOff.map((off) => off > 0.2)).toEqual([false, false, false, true]);
});

it("says nothing of the kind where the whole field lies elsewhere", () => {
  const moved = locateLines(
    draw(() => 0.8),
    FIELD,
    LINES,
  );
  expect(Math.max(...moved.boxesOff)).toBeLessThan(0.06);
  expect(moved.shift.map((px) => px / PX_PER_MM_300)).toEqual([expect.closeTo(0.8, 1), expect.closeTo(0.8, 1)]);
});
