import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildCard } from "../../../lib/card/build-card.ts";
import { decodePdf } from "../../../lib/server/codec/decode-pdf.ts";
import { encodeJpeg } from "../../../lib/server/codec/encode-images.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { CAMERAS, type Camera } from "../../../lib/simulate/cameras.ts";
import { SCANNERS, type Scanner } from "../../../lib/simulate/scanners.ts";
import { simulateFilledPhoto } from "../../../lib/simulate/simulate-filled-photo.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { toRgb } from "../../../lib/simulate/to-rgb.ts";

/** What a kind of page comes from, at which resolution its card is drawn. */
export const PAGE_KINDS = {
  "300 dpi grey scan": { dpi: 300, device: { scanner: SCANNERS.flatbed300 as Scanner } },
  "12 megapixel photograph": { dpi: 300, device: { camera: CAMERAS.phone as Camera } },
  "600 dpi colour scan": { dpi: 600, device: { scanner: { ...SCANNERS.flatbed300Colour, dpi: 600, blurPx: 1.2 } as Scanner } },
} as const;
export type PageKind = keyof typeof PAGE_KINDS;

export interface MadePages {
  readonly paths: readonly string[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** Mean of the files. */
  readonly bytes: number;
}

/** Different A4 cards of digits, each filled in by another writer of the simulator, scanned or photographed, as JPEG files in `folder`. */
export async function makePages(folder: string, kind: PageKind, count: number): Promise<MadePages> {
  await mkdir(folder, { recursive: true });
  const { dpi, device } = PAGE_KINDS[kind];
  const paths: string[] = [];
  let bytes = 0;
  let size = { width: 0, height: 0 };
  for (let seed = 1; seed <= count; seed++) {
    const card = buildCard({ template: "digits", paper: "a4", dropOut: "none", seed });
    const pdf = await renderCards([card]);
    for await (const { raster, failure } of decodePdf({ name: "card.pdf", bytes: pdf }, dpi)) {
      if (raster === null) throw failure;
      // A page in grey has grey ink: only where the device sees colour is it drawn in colour.
      const colour = "camera" in device || device.scanner.mode === "colour";
      const page = colour ? (raster.rgb ?? toRgb(raster.gray)) : raster.gray;
      const { image } = simulateFilledPhoto({
        page,
        card,
        pageIndex: 0,
        writer: buildWriter(seed),
        device,
        seed,
        writerCode: String(1000 + seed),
      });
      const jpeg = await encodeJpeg(image, 85);
      const path = join(folder, `${kind.replaceAll(" ", "-")}-${seed}.jpg`);
      await writeFile(path, jpeg);
      paths.push(path);
      bytes += jpeg.length / count;
      size = { width: image.width, height: image.height };
    }
  }
  return { paths, widthPx: size.width, heightPx: size.height, bytes };
}
