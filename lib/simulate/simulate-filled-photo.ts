import type { Card } from "../card/card-manifest.ts";
import { Rng } from "../core/rng.ts";
import type { Homography } from "../image/homography.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import type { Camera } from "./cameras.ts";
import { type FillOptions, fillCard } from "./fill-card.ts";
import type { PageTruth } from "./page-truth.ts";
import { photographPage } from "./photograph-page.ts";
import { scanPage } from "./scan-page.ts";
import type { Scanner } from "./scanners.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";

export interface FilledPhotoRequest extends Omit<FillOptions, "rng"> {
  /** The printed page, grey or RGB (then ink and print keep their colours). */
  readonly page: GrayImage | RgbImage;
  readonly card: Card;
  readonly pageIndex: number;
  readonly writer: SimulatedWriter;
  readonly device: { readonly camera: Camera } | { readonly scanner: Scanner };
  readonly seed: number;
}

export interface FilledPhoto {
  /** RGB from a camera and a colour scanner, else grey: `channels` tells. */
  readonly image: GrayImage | RgbImage;
  readonly channels: 1 | 3;
  readonly pageToImage: Homography;
  readonly truth: PageTruth;
}

/** Fills a printed page in and photographs or scans it: the demo's and the tests' one call. The same request gives the same bytes. */
export function simulateFilledPhoto(request: FilledPhotoRequest): FilledPhoto {
  const { page, card, pageIndex, writer, device, seed, ...fill } = request;
  const filled = fillCard(page, card, pageIndex, writer, { ...fill, rng: new Rng(seed) });
  const rng = new Rng(seed ^ 0xca3e7a);
  const { image, pageToImage } =
    "camera" in device
      ? photographPage(filled.image, device.camera, rng)
      : scanPage(filled.image, device.scanner, { rng, pagePxPerMm: filled.truth.pxPerMm });
  return { image, channels: image.data.length === image.width * image.height ? 1 : 3, pageToImage, truth: filled.truth };
}
