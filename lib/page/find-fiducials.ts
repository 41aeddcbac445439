import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "../image/images.ts";
import { reuseBytes } from "../image/page-bytes.ts";
import { shrinkGray } from "../image/shrink.ts";
import { smoothGray } from "../image/smooth.ts";
import { thresholdMean } from "../image/threshold-mean.ts";
import { findQuads, type Quad } from "./find-quads.ts";
import { matchFiducial } from "./match-fiducial.ts";
import { refineQuad } from "./refine-quad.ts";

/** A printed corner mark as found in a scan. */
export interface FoundFiducial {
  /** 0 top left, 1 top right, 2 bottom right, 3 bottom left of the card. */
  readonly id: number;
  /** As printed: top left, top right, bottom right, bottom left of the mark; scan px, to a fraction of a pixel. */
  readonly corners: Quad;
  readonly wrongBits: number;
}

/** Detection works on a copy of about this many px along the longer side: finer, paper's grain makes noise; coarser, cells blur. */
const DETECTION_PX = 1600;

/** How the small copy is looked at. */
interface Look {
  /** Of the copy, over that of the first look. */
  readonly finer: boolean;
  /** Smoothed first: noise, halftone, a screen's pixels. */
  readonly smooth: boolean;
  /** The mean's window as a share of the longer side. */
  readonly window: number;
  /** Ink is darker than this share of the mean. */
  readonly ratio: number;
}

/** Wider than a mark with its quiet zone, so that its border stays darker than the mean around it. */
const WIDE = 1 / 16;
/** A border and its neighbours only: a shadow's edge across the mark, or a dark table beside it, then does not join with the border. */
const NARROW = 1 / 40;
/** Tried one after the other until four different marks are found: the first finds them on nearly all pages. */
const LOOKS: readonly Look[] = [
  { finer: false, smooth: false, window: WIDE, ratio: 0.85 },
  { finer: true, smooth: false, window: WIDE, ratio: 0.85 },
  { finer: false, smooth: true, window: WIDE, ratio: 0.9 },
  { finer: false, smooth: true, window: NARROW, ratio: 0.9 },
];

/**
 * Finds the corner marks of our cards under any turn and perspective: ink by local mean in a small copy, components with four
 * sides, 8 x 8 cells, codes. Corners are then refined in the full image. Where fewer than four turn up, a copy of twice the size (a card
 * that fills a small part of a photograph), a smoothed one and a narrower mean are tried as well. Best match first.
 */
export function findFiducials(image: GrayImage): FoundFiducial[] {
  const longest = Math.max(image.width, image.height);
  const factor = Math.max(1, Math.round(longest / DETECTION_PX));
  const found: FoundFiducial[] = [];
  for (const look of LOOKS) {
    if (look.finer && factor === 1) continue;
    const more = reuseBytes(() => detect(image, look.finer ? factor >> 1 : factor, look));
    found.push(...more.filter((mark) => !found.some((other) => overlaps(mark, other))));
    if (new Set(found.map((mark) => mark.id)).size === 4) break;
  }
  return found.sort((a, b) => a.wrongBits - b.wrongBits);
}

function detect(image: GrayImage, factor: number, { smooth, window, ratio }: Look): FoundFiducial[] {
  const shrunk = shrinkGray(image, factor);
  const small = smooth ? smoothGray(shrunk) : shrunk;
  const ink = thresholdMean(small, Math.max(15, Math.round(Math.max(small.width, small.height) * window)), ratio);
  const found: FoundFiducial[] = [];
  for (const quad of findQuads(ink)) {
    const match = matchFiducial(small, quad);
    if (!match) continue;
    const full = match.corners.map(({ x, y }): Point => ({ x: x * factor, y: y * factor }));
    const corners = refineQuad(image, [full[0], full[1], full[2], full[3]]);
    const mark = { id: match.id, corners, wrongBits: match.wrongBits };
    if (!found.some((other) => overlaps(mark, other))) found.push(mark);
  }
  return found;
}

/** Same mark seen twice: centres closer than half a side. */
function overlaps(a: FoundFiducial, b: FoundFiducial): boolean {
  const [p, q] = [centre(a.corners), centre(b.corners)];
  const side = Math.hypot(a.corners[1].x - a.corners[0].x, a.corners[1].y - a.corners[0].y);
  return Math.hypot(p.x - q.x, p.y - q.y) < side / 2;
}

function centre(quad: Quad): Point {
  return { x: (quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4, y: (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4 };
}
