import sharp from "sharp";

/** A JPEG made smaller to `widthPx` (never larger), as JPEG. */
export async function resizeJpeg(bytes: Uint8Array, widthPx: number): Promise<Uint8Array> {
  return sharp(bytes).resize({ width: widthPx, withoutEnlargement: true }).jpeg({ quality: 80 }).toBuffer();
}
