import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { toRaster } from "./to-raster.ts";

export interface PaperFit {
  /** Of `page`, in x and y. */
  readonly pxPerMm: readonly [number, number];
  /** Of the sheet that it is printed on. */
  readonly paperMm: readonly [width: number, height: number];
  /** Printed size over nominal size: a printer's "fit to page" or "scale" does 0.9 to 1.1. */
  readonly scale: number;
  /** Moves the print from the middle of the sheet; default not at all. */
  readonly shiftMm?: readonly [number, number];
}

export interface FittedPage<Image> {
  /** The sheet, at the page's resolution; what of the page lies beyond it is lost, what of it is not printed on is white. */
  readonly image: Image;
  readonly pxPerMm: readonly [number, number];
  /** Page px to sheet px. */
  readonly toPaper: (page: Point) => Point;
}

/** The scale at which a printer fits a page to a sheet: A4 on Letter 0.94, Letter on A4 0.97. */
export function fitScale(pageMm: readonly [number, number], paperMm: readonly [number, number]): number {
  return Math.min(paperMm[0] / pageMm[0], paperMm[1] / pageMm[1]);
}

/** Prints a page on a sheet of another size or at another scale (fill it in before: the ink is scaled as well). Bilinear. */
export function fitPaper<Image extends GrayImage | RgbImage>(page: Image, fit: PaperFit): FittedPage<Image> {
  const { scale, pxPerMm, paperMm, shiftMm = [0, 0] } = fit;
  assertArgument(scale > 0.5 && scale < 2, `a print scale must be between 0.5 and 2, got ${scale}`);
  const { channels, data: source } = toRaster(page);
  const width = Math.round(paperMm[0] * pxPerMm[0]);
  const height = Math.round(paperMm[1] * pxPerMm[1]);
  const offX = width / 2 + shiftMm[0] * pxPerMm[0] - (scale * page.width) / 2;
  const offY = height / 2 + shiftMm[1] * pxPerMm[1] - (scale * page.height) / 2;
  const data = new Uint8Array(width * height * channels).fill(255);
  const stride = page.width * channels;
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5 - offY) / scale - 0.5;
    if (v < 0 || v >= page.height - 1) continue;
    const fy = v - Math.floor(v);
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5 - offX) / scale - 0.5;
      if (u < 0 || u >= page.width - 1) continue;
      const fx = u - Math.floor(u);
      let i = Math.floor(v) * stride + Math.floor(u) * channels;
      for (let c = 0, k = (y * width + x) * channels; c < channels; c++, i++, k++) {
        const top = source[i] + fx * (source[i + channels] - source[i]);
        const foot = source[i + stride] + fx * (source[i + stride + channels] - source[i + stride]);
        data[k] = top + fy * (foot - top) + 0.5;
      }
    }
  }
  return {
    image: { width, height, data } as Image,
    pxPerMm,
    toPaper: (p) => ({ x: p.x * scale + offX, y: p.y * scale + offY }),
  };
}
