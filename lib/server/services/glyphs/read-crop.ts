import { InkformError } from "../../../core/inkform-error.ts";
import { encodeBinaryPng } from "../../codec/encode-images.ts";
import type { Runtime } from "../../runtime.ts";

/**
 * A glyph's raw crop as the page gave it, at about 300 dpi: a PNG, black ink on white.
 * @throws InkformError `not-found`, also for a blank box, which has no crop
 */
export async function readCrop(runtime: Runtime, id: string): Promise<Uint8Array> {
  const glyph = await runtime.database.client.glyph.findUnique({
    where: { id },
    select: { cropOffset: true, cropWidth: true, cropHeight: true, page: { select: { cropsSha256: true } } },
  });
  if (glyph === null) throw new InkformError("not-found", `There is no glyph ${id}.`);
  const { cropOffset: offset, cropWidth: width, cropHeight: height } = glyph;
  if (width === 0 || height === 0 || glyph.page.cropsSha256 === null)
    throw new InkformError("not-found", "This box is blank: it has no crop.");
  const crops = await runtime.blobs.get(glyph.page.cropsSha256);
  return encodeBinaryPng({ width, height, data: crops.subarray(offset, offset + width * height) });
}
