import type { RgbImage } from "../../../lib/image/images.ts";
import { decodeFile } from "../../../lib/server/codec/decode-file.ts";
import { encodeJpeg } from "../../../lib/server/codec/encode-images.ts";
import type { ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import { toRgb } from "../../../lib/simulate/to-rgb.ts";
import type { CorpusPage } from "./corpus-kind.ts";
import { scoreBoxes } from "./score-boxes.ts";

type Rgb = readonly [number, number, number];
const PRINTED: Rgb = [0, 160, 0];
const FOUND: Rgb = [0, 90, 255];
const WRONG: Rgb = [230, 0, 0];

/** The picture with the boxes as printed (green), as read (blue), and the glyphs that are not right (red). A JPEG. */
export async function drawOverlay(page: CorpusPage, scans: readonly ScanPage[]): Promise<Uint8Array> {
  for await (const { raster, failure } of decodeFile(page.file)) {
    if (raster === null) throw failure;
    const image = { ...toRgb(raster.rgb ?? raster.gray) };
    const canvas: RgbImage = { ...image, data: image.data.slice() };
    for (const { card, pageIndex, truth, project } of page.sheets) {
      for (const field of card.pages[pageIndex]!.fields) {
        for (const [x, y, w, h] of field.boxes.length > 0 ? field.boxes : [field.box]) {
          const corners = [
            [x, y],
            [x + w, y],
            [x + w, y + h],
            [x, y + h],
          ].map(([u, v]) => project({ x: u! * truth.pxPerMm[0], y: v! * truth.pxPerMm[1] }));
          drawOutline(
            canvas,
            corners.map((p) => [p.x, p.y] as const),
            PRINTED,
          );
        }
      }
    }
    for (const { reading } of scans) {
      for (const field of reading.fields) {
        for (const outline of field.boxOutlines.length > 0 ? field.boxOutlines : [field.outline]) drawOutline(canvas, outline, FOUND);
      }
      const sheet = page.sheets.find(({ card }) => card.code === reading.card);
      if (!sheet) continue;
      for (const { field, index, right } of scoreBoxes(reading, sheet.truth, sheet.project)) {
        const glyph = reading.fields.find(({ name }) => name === field)?.glyphs[index];
        if (right || !glyph) continue;
        const [x, y, w, h] = glyph.bounds;
        drawOutline(
          canvas,
          [
            [x, y],
            [x + w, y],
            [x + w, y + h],
            [x, y + h],
          ],
          WRONG,
        );
      }
    }
    return encodeJpeg(canvas, 80);
  }
  return new Uint8Array(0);
}

function drawOutline(image: RgbImage, outline: readonly (readonly [number, number])[], colour: Rgb): void {
  outline.forEach(([x0, y0], i) => {
    const [x1, y1] = outline[(i + 1) % outline.length]!;
    const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1));
    for (let s = 0; s <= steps; s++) {
      const x = Math.round(x0 + ((x1 - x0) * s) / steps);
      const y = Math.round(y0 + ((y1 - y0) * s) / steps);
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      image.data.set(colour, 3 * (y * image.width + x));
    }
  });
}
