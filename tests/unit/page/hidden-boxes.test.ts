import { expect, it } from "vitest";
import { findHiddenBoxes } from "../../../lib/page/hidden-boxes.ts";
import type { LocatedField } from "../../../lib/page/locate-lines.ts";
import type { PrintSample } from "../../../lib/page/measure-print.ts";
import type { RectifiedPage } from "../../../lib/page/rectify-page.ts";

const BOXES = 6;
const gray = { width: 900, height: 150, data: new Uint8Array(900 * 150).fill(180) };
const page: RectifiedPage = { gray, print: gray, originMm: { x: 0, y: 0 }, toScan: (px) => px };
const field: LocatedField = {
  field: {
    name: "r01",
    kind: "digits",
    prompt: "123456",
    box: [2, 2, 70, 8],
    boxes: Array.from({ length: BOXES }, (_, i) => [2 + 12 * i, 2, 9, 8] as [number, number, number, number]),
  },
  lines: [],
  shift: [0, 0],
  seenShare: 1,
  boxesSeen: [],
  boxesOff: [],
  residualMm: 0,
};

/** Six places on each box's upper and lower line, of paper and print as `look` gives them. */
function sample(look: (box: number) => { paper: number; contrast: number }): PrintSample[] {
  return Array.from({ length: 6 * BOXES }, (_, i) => {
    const { paper, contrast } = look(Math.floor(i / 6));
    const at = { x: 4 + 12 * Math.floor(i / 6) + 2 * (i % 3), y: i % 2 === 0 ? 2 : 10 };
    return { at, direction: "h", paper, contrast, dip: contrast, printedMm: 0.3, widthMm: 0.3, noise: 0.01 };
  });
}
const hiddenOf = (look: (box: number) => { paper: number; contrast: number }): unknown =>
  findHiddenBoxes(page, [field], [sample(look)]).map(({ index, by }) => `${index} ${by}`);

it("finds the boxes over which a reflection lies: lighter paper and paler print, not one of the two alone", () => {
  // A white of 0.3 added to paper of 0.7 leaves print with 0.7 of its contrast.
  expect(hiddenOf((box) => (box >= 4 ? { paper: 250, contrast: 0.6 } : { paper: 180, contrast: 0.9 }))).toEqual([
    "4 reflection",
    "5 reflection",
  ]);
  expect(hiddenOf((box) => (box >= 4 ? { paper: 180, contrast: 0.5 } : { paper: 180, contrast: 0.9 }))).toEqual([]);
  expect(hiddenOf((box) => (box >= 4 ? { paper: 180, contrast: 0.9 } : { paper: 120, contrast: 0.9 }))).toEqual([]);
});
