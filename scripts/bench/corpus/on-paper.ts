import type { Box } from "../../../lib/core/geometry.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import { fitPaper } from "../../../lib/simulate/fit-paper.ts";
import { PAPERS, showThrough, tintPaper } from "../../../lib/simulate/tint-paper.ts";
import { type FilledSheet, fillSheet } from "./fill-sheet.ts";
import type { Paper } from "./take-picture.ts";

/** Something lies on the page (a thumb, a clip, a sticker): `box` in mm, of one colour with an uneven edge left out. */
export function covered(sheet: FilledSheet, box: Box, rng: Rng): Paper {
  const { width, height, data } = sheet.image;
  const out = data.slice();
  const channels = data.length / (width * height);
  const [perMmX, perMmY] = sheet.truth.pxPerMm;
  const [left, top] = [Math.max(0, Math.round(box[0] * perMmX)), Math.max(0, Math.round(box[1] * perMmY))];
  const right = Math.min(width, Math.round((box[0] + box[2]) * perMmX));
  const bottom = Math.min(height, Math.round((box[1] + box[3]) * perMmY));
  const shade = 60 + rng.int(140);
  const colour = channels === 3 ? [Math.min(255, shade + 30), shade, Math.max(0, shade - 25)] : [shade];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) for (let c = 0; c < channels; c++) out[(y * width + x) * channels + c] = colour[c]!;
  }
  return { image: { width, height, data: out }, project: (point) => point };
}

/** The page as a printer puts it on paper of another size, scaled, in the middle; what does not fit is cut. */
export function onPaper(sheet: FilledSheet, paperMm: readonly [number, number], scale: number): Paper {
  const { image, pxPerMm, toPaper } = fitPaper(sheet.image, { pxPerMm: sheet.truth.pxPerMm, paperMm, scale });
  return { image, pxPerMm, project: toPaper };
}

/** The page on a thin sheet whose other side, another filled card, shows through: faintly, or as a felt tip bleeds. */
export async function bledThrough(sheet: FilledSheet, rng: Rng): Promise<Paper> {
  const { paper } = sheet.card;
  const colour = sheet.image.data.length > sheet.image.width * sheet.image.height;
  const back = await fillSheet({ rng, index: 0 }, { template: "digits", paper, colour, traits: { penWidthMm: 0.7, ink: "black" } });
  const through = {
    strength: rng.between(0.05, 0.35),
    blurMm: rng.between(0.1, 0.4),
    shiftMm: [rng.between(-2, 2), rng.between(-2, 2)] as const,
  };
  return { image: showThrough(sheet.image, back.image, through, sheet.truth.pxPerMm[0]), project: (point) => point };
}

/** The page on coloured, recycled, ruled or squared paper. */
export function onColouredPaper(sheet: FilledSheet, rng: Rng): Paper {
  const names = Object.keys(PAPERS) as (keyof typeof PAPERS)[];
  return { image: tintPaper(sheet.image, PAPERS[names[rng.int(names.length)]!], sheet.truth.pxPerMm[0], rng), project: (point) => point };
}
