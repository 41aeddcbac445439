import type { Box } from "../core/geometry.ts";
import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { takePictureRoom } from "../image/kernels/take-room.ts";
import { partsFrom } from "./print-room.ts";
import { HIDDEN_BY_TEXT, HIDDEN_LIGHT } from "./subtract-lines.ts";

/** A printed text in the rectified image, in its px, not rounded. */
export interface LocatedText {
  readonly box: Box;
  readonly look: string;
}

/** From this many equal texts on, what the print looks like is their median: writing over one of them does not show in it. */
export const LEAST_EQUAL = 5;
/** More than these tell no more. */
export const MOST_EQUAL = 25;
/** Blur and the registration's error around the text's box. */
export const MARGIN_PX = 3;
export const CLEAR_LIGHT = 0.95;

interface Equal {
  readonly texts: readonly LocatedText[];
  /** Px of the grid around a text. */
  readonly columns: number;
  readonly rows: number;
}

/** The page and its parts in the kernels' memory: addresses. */
interface TextRoom extends Pick<ReturnType<typeof takePictureRoom>, "kernels"> {
  readonly width: number;
  readonly height: number;
  readonly original: number;
  readonly gray: number;
  readonly hidden: number;
  readonly level: number;
  readonly blocksX: number;
  readonly scratch: number;
}

/**
 * Takes printed texts (prompts) out of the grey image, in place, as `subtractLines` does lines. Texts that stand on the page several
 * times are known by their median; of one that stands alone, all that is dark within its box counts as print. The plain way is
 * `subtract-texts.reference.ts`; a test holds the two equal.
 * @param original the image with its print
 */
export function subtractTexts(
  original: GrayImage,
  gray: GrayImage,
  hidden: Uint8Array,
  { paper, texts }: { paper: PaperMap; texts: readonly LocatedText[] },
): void {
  const { width, height } = original;
  const looks = [...groupByLook(texts).values()];
  const equal = looks.map(describeEqual);
  const scratchBytes = Math.max(0, ...equal.map(scratchFor));
  const { kernels, bytes, at, read, change, finish } = takePictureRoom([paper.level.length, scratchBytes], {
    read: [original.data],
    change: [gray.data, hidden],
  });
  bytes.set(paper.level, at[0]);
  const [level, scratch] = at;
  const room = { kernels, width, height, original: read[0], gray: change[0], hidden: change[1], level, blocksX: paper.blocksX, scratch };
  for (const look of equal) {
    if (look.texts.length >= LEAST_EQUAL) subtractEqual(room, look);
    else for (const { box } of look.texts) hideText(room, box);
  }
  finish();
}

function groupByLook(texts: readonly LocatedText[]): Map<string, LocatedText[]> {
  const looks = new Map<string, LocatedText[]>();
  for (const text of texts) {
    const own = looks.get(text.look);
    if (own === undefined) looks.set(text.look, [text]);
    else own.push(text);
  }
  return looks;
}

function describeEqual(texts: readonly LocatedText[]): Equal {
  return {
    texts,
    columns: Math.ceil(Math.max(...texts.map(({ box }) => box[2]))) + 2 * MARGIN_PX,
    rows: Math.ceil(Math.max(...texts.map(({ box }) => box[3]))) + 2 * MARGIN_PX,
  };
}

/** The samples' grids, those of the print and of its reach, cells clear of it, and the median's own. */
function scratchFor({ texts, columns, rows }: Equal): number {
  if (texts.length < LEAST_EQUAL) return 0;
  return (4 * (MOST_EQUAL + 2) + 1) * (columns * rows + 32) + 16 * MOST_EQUAL + 1024;
}

function subtractEqual(room: TextRoom, { texts, columns, rows }: Equal): void {
  const { kernels, width, height, original, gray, hidden, level, blocksX } = room;
  const cells = columns * rows;
  const part = partsFrom(room.scratch);
  const [print, low, clear, least] = [part(4 * cells), part(4 * cells), part(cells), part(16 * MOST_EQUAL)];
  // One grid behind the other, each from a multiple of 16.
  const stride = (4 * cells + 15) & ~15;
  const grids = part(MOST_EQUAL * stride);
  const step = Math.ceil(texts.length / MOST_EQUAL);
  let count = 0;
  for (let i = 0; i < texts.length; i += step, count++) {
    // Px centres: value (i, j) of the image belongs to (i + 0.5, j + 0.5).
    const [x, y] = [texts[i].box[0] - MARGIN_PX, texts[i].box[1] - MARGIN_PX];
    const [left, above] = [Math.floor(x), Math.floor(y)];
    // biome-ignore format: 12 numbers
    kernels.textLight(original, width, height, level, blocksX, left, above, x - left, y - above, columns, rows, grids + count * stride);
  }
  kernels.textMedian(grids, stride, count, cells, count >> 1, least, print);
  kernels.textReach(print, low, clear, columns, rows, CLEAR_LIGHT);
  for (const { box } of texts) {
    const left = Math.ceil(box[0] - MARGIN_PX);
    const top = Math.ceil(box[1] - MARGIN_PX);
    // Px (left, top) lies so far behind the first of the print's own grid: less than a px.
    const fx = left - (box[0] - MARGIN_PX);
    const fy = top - (box[1] - MARGIN_PX);
    // biome-ignore format: 18 numbers
    kernels.subtractText(
      gray, hidden, width, height, level, blocksX, print, low, clear, columns, rows, left, top, fx, fy, CLEAR_LIGHT, HIDDEN_LIGHT, HIDDEN_BY_TEXT,
    );
  }
}

function hideText({ kernels, width, height, original, gray, hidden, level, blocksX }: TextRoom, [x, y, w, h]: Box): void {
  const [x0, y0] = [Math.max(1, Math.floor(x) - 1), Math.max(1, Math.floor(y) - 1)];
  const [x1, y1] = [Math.min(width - 1, Math.ceil(x + w) + 1), Math.min(height - 1, Math.ceil(y + h) + 1)];
  kernels.hideDark(original, gray, hidden, width, level, blocksX, x0, y0, x1, y1, HIDDEN_BY_TEXT);
}
