import { buildCard } from "../../lib/card/build-card.ts";
import type { Card } from "../../lib/card/card-manifest.ts";
import type { CardSpec } from "../../lib/card/card-spec.ts";
import { Rng } from "../../lib/core/rng.ts";
import type { GrayImage, RgbImage } from "../../lib/image/images.ts";
import { decodePdf } from "../../lib/server/codec/decode-pdf.ts";
import { renderCards } from "../../lib/server/pdf/render-cards.ts";
import { type FilledPage, type FillOptions, fillCard } from "../../lib/simulate/fill-card.ts";
import { buildWriter, type SimulatedWriter } from "../../lib/simulate/simulated-writer.ts";
import { toRgb } from "../../lib/simulate/to-rgb.ts";

const printed = new Map<string, Promise<GrayImage[] | RgbImage[]>>();

/**
 * The card's pages as its PDF prints them, at `dpi`: RGB where `colour`, else grey. Drawn once a test file; don't write to them.
 */
export function printCard(card: Card, options: { dpi: number; colour?: boolean }): Promise<GrayImage[] | RgbImage[]> {
  const key = `${card.code} ${options.dpi} ${options.colour ?? false}`;
  let pages = printed.get(key);
  if (!pages) {
    pages = drawPages(card, options.dpi, options.colour ?? false);
    printed.set(key, pages);
  }
  return pages;
}

async function drawPages(card: Card, dpi: number, colour: boolean): Promise<GrayImage[] | RgbImage[]> {
  const bytes = await renderCards([card]);
  const pages: GrayImage[] = [];
  for await (const page of decodePdf({ name: "cards.pdf", bytes }, dpi)) {
    if (page.raster === null) throw page.failure;
    pages.push(colour ? (page.raster.rgb ?? toRgb(page.raster.gray)) : page.raster.gray);
  }
  return pages;
}

export interface SimulatedCardOptions extends Omit<FillOptions, "rng"> {
  readonly dpi?: number;
  readonly colour?: boolean;
  /** Default: the writer of seed 1. */
  readonly writer?: SimulatedWriter;
  /** Of this filling. Default 1. */
  readonly seed?: number;
}

/** Prints a card and fills all its pages in. Default: 300 dpi, grey, nothing written in the writer boxes. */
export async function simulateCard(
  spec: CardSpec,
  options: SimulatedCardOptions = {},
): Promise<{ card: Card; pages: FilledPage<GrayImage | RgbImage>[] }> {
  const { dpi = 300, colour = false, writer = buildWriter(1), seed = 1, ...fill } = options;
  const card = buildCard(spec);
  const pages = await printCard(card, { dpi, colour });
  return { card, pages: pages.map((page, i) => fillCard(page, card, i, writer, { ...fill, rng: new Rng(seed * 101 + i) })) };
}
