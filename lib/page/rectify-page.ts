import type { CardPage } from "../card/card-manifest.ts";
import type { DropOut } from "../card/card-spec.ts";
import type { Box, Point } from "../core/geometry.ts";
import { applyHomography, type Homography, multiplyHomography } from "../image/homography.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import type { PageRaster } from "../image/page-raster.ts";
import { warpGray } from "../image/warp.ts";
import { warpGrayMesh } from "../image/warp-mesh.ts";
import type { BendField } from "./bend-field.ts";
import { mapToScan } from "./page-map.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** The part of a page that holds its fields, upright at 300 dpi. */
export interface RectifiedPage {
  /** Grey in which the writing is read: for a drop-out card scanned in colour, the channel in which its print vanishes. */
  readonly gray: GrayImage;
  /** Grey in which the printed lines show: the same image unless they vanish in `gray`. */
  readonly print: GrayImage;
  /** Card mm of the upper left corner of pixel (0, 0). */
  readonly originMm: Point;
  /** Rectified px -> scan px. */
  readonly toScan: (px: Point) => Point;
}

/** Writing may leave its field by this much and still be read. */
const MARGIN_MM = 3;

/**
 * Resamples a registered page to 300 dpi (from here on a stroke has the same width whatever the scan's resolution).
 * @param bend as followed on the printed lines: then the page comes out flat
 */
export function rectifyPage(
  raster: PageRaster,
  mmToPx: Homography,
  page: CardPage,
  dropOut: DropOut,
  bend: BendField | null = null,
): RectifiedPage {
  const [x, y, width, height] = fieldsArea(page);
  const s = 1 / PX_PER_MM_300;
  const flat = multiplyHomography(mmToPx, Float64Array.of(s, 0, x, 0, s, y, 0, 0, 1));
  const toScan =
    bend === null
      ? (px: Point): Point => applyHomography(flat, px)
      : (px: Point): Point => mapToScan({ mmToPx, bend }, { x: x + px.x * s, y: y + px.y * s });
  const size = [Math.ceil(width * PX_PER_MM_300), Math.ceil(height * PX_PER_MM_300)] as const;
  const warp = (image: GrayImage): GrayImage => (bend === null ? warpGray(image, flat, ...size) : warpGrayMesh(image, toScan, ...size));
  const print = warp(raster.gray);
  const gray = dropOut !== "none" && raster.rgb ? warp(channelOf(raster.rgb, dropOut)) : print;
  return { gray, print, originMm: { x, y }, toScan };
}

function fieldsArea(page: CardPage): Box {
  const left = Math.min(...page.fields.map((field) => field.box[0])) - MARGIN_MM;
  const top = Math.min(...page.fields.map((field) => field.box[1])) - MARGIN_MM;
  const right = Math.max(...page.fields.map((field) => field.box[0] + field.box[2])) + MARGIN_MM;
  const bottom = Math.max(...page.fields.map((field) => field.box[1] + field.box[3])) + MARGIN_MM;
  return [left, top, right - left, bottom - top];
}

function channelOf({ width, height, data }: RgbImage, channel: "red" | "green" | "blue"): GrayImage {
  const out = new Uint8Array(width * height);
  for (let i = 0, at = { red: 0, green: 1, blue: 2 }[channel]; i < out.length; i++, at += 3) out[i] = data[at];
  return { width, height, data: out };
}
