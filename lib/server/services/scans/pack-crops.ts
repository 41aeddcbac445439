import type { FieldReading, GlyphReading } from "../../../pipeline/page-reading.ts";

/** Where a glyph's raw crop lies in its page's blob; all zero where blank. */
export interface CropPlace {
  readonly cropOffset: number;
  readonly cropWidth: number;
  readonly cropHeight: number;
}

/** The raw crops of a page, one after another in one run of bytes: 1 byte a pixel, 1 = ink, row-major. */
export function packCrops(fields: readonly FieldReading[]): { bytes: Uint8Array; places: Map<GlyphReading, CropPlace> } {
  const places = new Map<GlyphReading, CropPlace>();
  const crops: Uint8Array[] = [];
  let offset = 0;
  for (const { glyphs } of fields) {
    for (const glyph of glyphs) {
      const { raw } = glyph;
      places.set(glyph, { cropOffset: raw === null ? 0 : offset, cropWidth: raw?.width ?? 0, cropHeight: raw?.height ?? 0 });
      if (raw === null) continue;
      crops.push(raw.data);
      offset += raw.data.length;
    }
  }
  return { bytes: new Uint8Array(Buffer.concat(crops)), places };
}
