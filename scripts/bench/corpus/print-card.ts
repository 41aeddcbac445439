import type { Card } from "../../../lib/card/card-manifest.ts";
import type { GrayImage, RgbImage } from "../../../lib/image/images.ts";
import { decodePdf } from "../../../lib/server/codec/decode-pdf.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { toRgb } from "../../../lib/simulate/to-rgb.ts";

/** A card's pages as its own PDF prints them, at `dpi`: RGB where `colour` is asked for, else grey. */
export async function printCard(card: Card, options: { dpi: number; colour: boolean }): Promise<(GrayImage | RgbImage)[]> {
  return drawPdf({ name: `${card.code}.pdf`, bytes: await renderCards([card]) }, options);
}

/** All pages of a PDF at `dpi`. */
export async function drawPdf(
  file: { name: string; bytes: Uint8Array },
  { dpi, colour }: { dpi: number; colour: boolean },
): Promise<(GrayImage | RgbImage)[]> {
  const pages: (GrayImage | RgbImage)[] = [];
  for await (const page of decodePdf(file, dpi)) {
    if (page.raster === null) throw page.failure;
    pages.push(colour ? (page.raster.rgb ?? toRgb(page.raster.gray)) : page.raster.gray);
  }
  return pages;
}
