import { buildCard } from "../../lib/card/build-card.ts";
import { decodeCardCode } from "../../lib/card/card-code.ts";
import type { GrayImage, RgbImage } from "../../lib/image/images.ts";
import { decodePdf } from "../../lib/server/codec/decode-pdf.ts";
import { encodeJpeg } from "../../lib/server/codec/encode-images.ts";
import { CAMERAS } from "../../lib/simulate/cameras.ts";
import type { DemoWriter } from "../../lib/simulate/demo-writers.ts";
import type { FillOptions } from "../../lib/simulate/fill-card.ts";
import type { PageTruth } from "../../lib/simulate/page-truth.ts";
import { SCANNERS } from "../../lib/simulate/scanners.ts";
import { simulateFilledPhoto } from "../../lib/simulate/simulate-filled-photo.ts";
import { toRgb } from "../../lib/simulate/to-rgb.ts";

export interface FilledSheet {
  readonly name: string;
  /** A JPEG. */
  readonly bytes: Uint8Array;
  readonly truth: PageTruth;
}

/**
 * What a person does with a downloaded PDF of one-page cards: prints it, has each card filled in by another writer, and photographs
 * or scans the sheets.
 * @param codes the cards' codes in the PDF's order
 */
export async function fillInPdf(
  pdf: Uint8Array,
  codes: readonly string[],
  options: { writers: readonly DemoWriter[]; device: "phone" | "flatbed"; fill?: Omit<FillOptions, "rng" | "writerCode"> },
): Promise<FilledSheet[]> {
  const device = options.device === "phone" ? { camera: CAMERAS.phone } : { scanner: SCANNERS.flatbed300 };
  const sheets: FilledSheet[] = [];
  for await (const page of decodePdf({ name: "cards.pdf", bytes: pdf })) {
    if (page.raster === null) throw page.failure;
    const i = sheets.length;
    const { writer, code } = options.writers[i % options.writers.length];
    const raster: GrayImage | RgbImage = page.raster.rgb ?? toRgb(page.raster.gray);
    const card = buildCard(decodeCardCode(codes[i]));
    const photo = simulateFilledPhoto({
      page: raster,
      card,
      pageIndex: 0,
      writer,
      device,
      seed: 40 + i,
      writerCode: code,
      ...options.fill,
    });
    sheets.push({ name: `sheet-${i + 1}.jpg`, bytes: await encodeJpeg(photo.image, 92), truth: photo.truth });
  }
  return sheets;
}
