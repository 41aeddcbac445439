import type { GrayImage } from "../../lib/image/images.ts";
import { NIST_FIELDS, NIST_PAGE } from "../../lib/page/nist-form.ts";

/** The form's boxes alone, upright, of black lines so many px thick. */
export function drawNistForm(thick = 7): GrayImage {
  const page = { ...NIST_PAGE, data: new Uint8Array(NIST_PAGE.width * NIST_PAGE.height).fill(255) };
  const rect = (x: number, y: number, w: number, h: number): void => {
    for (let row = Math.round(y); row < Math.round(y + h); row++)
      page.data.fill(0, row * page.width + Math.round(x), row * page.width + Math.round(x + w));
  };
  for (const {
    box: [x, y, w, h],
  } of NIST_FIELDS) {
    for (const top of [y, y + h]) rect(x - thick / 2, top - thick / 2, w + thick, thick);
    for (const left of [x, x + w]) rect(left - thick / 2, y - thick / 2, thick, h + thick);
  }
  return page;
}
