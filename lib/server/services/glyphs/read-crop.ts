import { InkformError } from "../../../core/inkform-error.ts";
import type { BinaryImage } from "../../../image/images.ts";
import type { Runtime } from "../../runtime.ts";

/**
 * A glyph's raw crop as the page gave it: 1 = ink, at about 300 dpi.
 * @throws InkformError `not-found`, also for a blank box, which has no crop
 */
export async function readCrop(runtime: Runtime, id: string): Promise<BinaryImage> {
  const glyph = await runtime.database.client.glyph.findUnique({
    where: { id },
    select: { cropOffset: true, cropWidth: true, cropHeight: true, page: { select: { cropsSha256: true } } },
  });
  if (glyph === null) throw new InkformError("not-found", `There is no glyph ${id}.`);
  const { cropOffset: offset, cropWidth: width, cropHeight: height } = glyph;
  if (width === 0 || height === 0 || glyph.page.cropsSha256 === null) throw new InkformError("not-found", "This box is blank: it has no crop.");
  const crops = await runtime.blobs.get(glyph.page.cropsSha256);
  return { width, height, data: crops.subarray(offset, offset + width * height) };
}
