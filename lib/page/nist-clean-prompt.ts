import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";

/** A prompt as it is printed above its field. */
export interface PrintedPrompt {
  readonly name: string;
  readonly kind: "digits" | "lowercase" | "uppercase";
  readonly length: number;
  /** Its print alone, ink = 1, about 300 dpi; printed digits are some 32 px high. */
  readonly print: BinaryImage;
}

const MAX_HEIGHT = 46;
const MIN_AREA = 10;
const MIN_PRINT = 20;
const MAX_PRINT = 40;

/** Leaves out what is no print of a prompt: bits of the box's line at the edges, a neighbour's box, handwriting that rises into it, specks. */
export function cleanPrompt(region: BinaryImage): BinaryImage {
  const { labels, components } = findComponents(region);
  const keep = new Uint8Array(components.length + 1);
  for (const { label, area, box } of components) {
    const [x, y, w, h] = box;
    // At the bottom a printed digit may touch the box's line; what is higher or lower than print comes from elsewhere.
    const atEdge = y === 0 || x === 0 || x + w === region.width || (y + h === region.height && (h < MIN_PRINT || h > MAX_PRINT));
    const flat = h < 5 && w > 14;
    keep[label] = area >= MIN_AREA && h <= MAX_HEIGHT && w < 170 && !atEdge && !flat ? 1 : 0;
  }
  return { width: region.width, height: region.height, data: Uint8Array.from(labels, (label) => keep[label]) };
}
