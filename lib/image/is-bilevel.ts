import type { GrayImage } from "./images.ts";

/** A prime, so that samples fall on all columns. */
const STEP = 89;
/** A grey scan has a thousandth of its px and more at the edges of print. */
const MOST_BETWEEN = 0.001;

/** Whether an image has black and white alone, as 1-bit scans have; a few px between them, from a codec, don't count. */
export function isBilevel({ data }: GrayImage): boolean {
  let between = 0;
  let all = 0;
  for (let i = 0; i < data.length; i += STEP, all++) if (data[i] > 48 && data[i] < 208) between++;
  return between <= MOST_BETWEEN * all;
}
