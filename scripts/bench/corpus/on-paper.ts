import type { Box } from "../../../lib/core/geometry.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import type { Picture } from "./corpus-kind.ts";
import type { FilledSheet } from "./fill-sheet.ts";
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

export interface PaperPlace {
  /** Of the sheet of paper. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Printed size over nominal size. */
  readonly scale: number;
}

/** The page as a printer puts it on paper of another size, scaled, in the middle; what does not fit is cut. */
export function onPaper(sheet: FilledSheet, { widthMm, heightMm, scale }: PaperPlace): Paper {
  const pxPerMm = [sheet.truth.pxPerMm[0] / scale, sheet.truth.pxPerMm[1] / scale] as const;
  const width = Math.round(widthMm * pxPerMm[0]);
  const height = Math.round(heightMm * pxPerMm[1]);
  const [dx, dy] = [Math.round((width - sheet.image.width) / 2), Math.round((height - sheet.image.height) / 2)];
  const channels = sheet.image.data.length / (sheet.image.width * sheet.image.height);
  const image = { width, height, data: new Uint8Array(width * height * channels).fill(255) };
  paste(image, sheet.image, dx, dy);
  return { image, project: ({ x, y }) => ({ x: x + dx, y: y + dy }), pxPerMm };
}

/** Copies `part` into `whole` with its corner at (`dx`, `dy`); both grey or both RGB. */
function paste(whole: Picture, part: Picture, dx: number, dy: number): void {
  const channels = whole.data.length / (whole.width * whole.height);
  const from = Math.max(0, -dx);
  const to = Math.min(part.width, whole.width - dx);
  for (let y = Math.max(0, -dy); y < Math.min(part.height, whole.height - dy); y++) {
    const row = part.data.subarray((y * part.width + from) * channels, (y * part.width + to) * channels);
    whole.data.set(row, ((y + dy) * whole.width + dx + from) * channels);
  }
}
