import { expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { checkRegistration } from "../../../lib/page/check-registration.ts";

it("names the boxes that lie outside the picture, and the edge", () => {
  const page = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" }).pages[0];
  const boxes = page.fields[1].boxes;
  const [x, , width] = boxes[boxes.length - 1];
  const registration = {
    mmToPx: Float64Array.of(8, 0, 0, 0, 8, 0, 0, 0, 1),
    residualPx: 0,
    pxPerMm: 8,
    rotationDeg: 0,
    used: [],
    anchors: [],
  };
  const picture = (widthMm: number) => ({ width: Math.round(8 * widthMm), height: 8 * 297, data: new Uint8Array(0) });
  expect(checkRegistration(picture(210), page, registration, null)).toBeNull();
  expect(checkRegistration(picture(x + width / 2), page, registration, null)?.message).toMatch(
    new RegExp(`^Box ${boxes.length} of row 1, box ${boxes.length} of row 2, .* are cut off at the picture's right edge`),
  );
});
