import { buildCard } from "../../../lib/card/build-card.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { decodePdf } from "../../../lib/server/codec/decode-pdf.ts";
import { encodeJpeg } from "../../../lib/server/codec/encode-images.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { fillCard } from "../../../lib/simulate/fill-card.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { toRgb } from "../../../lib/simulate/to-rgb.ts";

/** Cards of digits (A4, at `dpi`) filled in with the simulated pen, as JPEG files. The same call gives the same bytes. */
export async function makeScans(count: number, dpi: number): Promise<Uint8Array[]> {
  const scans: Uint8Array[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const card = buildCard({ template: "digits", paper: "a4", dropOut: "none", seed });
    const pdf = await renderCards([card]);
    for await (const { raster, failure } of decodePdf({ name: "card.pdf", bytes: pdf }, dpi)) {
      if (raster === null) throw failure;
      const page = raster.rgb ?? toRgb(raster.gray);
      const { image } = fillCard(page, card, 0, buildWriter(seed), { rng: new Rng(seed), writerCode: `W${seed}` });
      scans.push(await encodeJpeg(image, 85));
    }
  }
  return scans;
}

/** The same picture as another file: a comment of its own after the start marker. */
export function withComment(jpeg: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const comment = new TextEncoder().encode(text);
  const marked = new Uint8Array(jpeg.length + 4 + comment.length);
  marked.set(jpeg.subarray(0, 2));
  marked.set([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 0xff], 2);
  marked.set(comment, 6);
  marked.set(jpeg.subarray(2), 6 + comment.length);
  return marked;
}
