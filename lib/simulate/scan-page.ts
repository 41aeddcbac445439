import type { Point } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import { applyHomography, type Homography, invertHomography } from "../image/homography.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { buildFeed } from "./feed-page.ts";
import { finishScan } from "./finish-scan.ts";
import { renderView } from "./render-view.ts";
import type { Scanner } from "./scanners.ts";
import { softenPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";

export interface Scan {
  /** RGB in `colour` mode, else grey; in `bilevel` mode only 0 and 255. */
  readonly image: GrayImage | RgbImage;
  /** Page px to scan px, without the feeder's unevenness. */
  readonly pageToImage: Homography;
  /** Page px to scan px as drawn. */
  readonly project: (page: Point) => Point;
}

/**
 * Scans a page: turn, skew, shift, change of dpi, stretch, a feeder's uneven way, blur, levels, noise, dirt, sharpening, 1-bit modes.
 * @param page grey or RGB, the whole page.
 * @param pagePxPerMm of `page`, in x and y (`PageTruth.pxPerMm`).
 */
export function scanPage(
  page: GrayImage | RgbImage,
  scanner: Scanner,
  options: { rng: Rng; pagePxPerMm: readonly [number, number] },
): Scan {
  const { rng, pagePxPerMm } = options;
  const raster = toRaster(page);
  const perMm = scanner.dpi / 25.4;
  const scaleX = (perMm / pagePxPerMm[0]) * scanner.stretch[0];
  const scaleY = (perMm / pagePxPerMm[1]) * scanner.stretch[1];
  const [pageWidth, pageHeight] = [page.width * scaleX, page.height * scaleY];
  const border = 2 * scanner.borderMm * perMm;
  const sideways = scanner.turnDeg === 90 || scanner.turnDeg === 270;
  const widthPx = Math.round((sideways ? pageHeight : pageWidth) + border);
  const heightPx = Math.round((sideways ? pageWidth : pageHeight) + border);

  const angle = ((scanner.turnDeg + scanner.skewDeg * rng.between(-1, 1)) * Math.PI) / 180;
  const shiftX = scanner.shiftMm * perMm * rng.between(-1, 1);
  const shiftY = scanner.shiftMm * perMm * rng.between(-1, 1);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // About the centres of page and scan.
  const [cx, cy] = [page.width / 2, page.height / 2];
  const pageToImage = Float64Array.of(
    cos * scaleX,
    -sin * scaleY,
    widthPx / 2 + shiftX - cos * scaleX * cx + sin * scaleY * cy,
    sin * scaleX,
    cos * scaleY,
    heightPx / 2 + shiftY - sin * scaleX * cx - cos * scaleY * cy,
    0,
    0,
    1,
  );
  const scale = Math.sqrt(scaleX * scaleY);
  const shrinking = scale < 1 ? 0.5 * Math.sqrt(1 / (scale * scale) - 1) : 0;
  const contrast = (scanner.paperLevel - scanner.blackLevel) / 255;
  const channels = scanner.mode === "colour" ? 3 : 1;
  const feed = buildFeed(scanner, { heightPx, pxPerMm: perMm }, rng);
  const drawn = renderView(softenPage(raster, Math.hypot(scanner.blurPx / scale, shrinking)), {
    widthPx,
    heightPx,
    channels,
    imageToPage: invertHomography(pageToImage),
    lens: null,
    feed: feed?.rows,
    levels: Float32Array.from({ length: 257 }, (_, level) => scanner.blackLevel + contrast * Math.min(255, level)),
    gains: [1, 1, 1],
    light: null,
    noise: scanner.noise,
    background: { rgb: [scanner.lidLevel, scanner.lidLevel, scanner.lidLevel], texture: 0, grainPx: 1 },
    rng,
  });
  const data = finishScan({ width: widthPx, height: heightPx, channels, data: drawn }, scanner, rng);
  return {
    image: { width: widthPx, height: heightPx, data },
    pageToImage,
    project: (point) => (feed ? feed.forward(applyHomography(pageToImage, point)) : applyHomography(pageToImage, point)),
  };
}
