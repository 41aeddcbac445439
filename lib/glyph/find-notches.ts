import type { BinaryImage } from "../image/images.ts";

/** A place where paper reaches into ink: strokes meet there, of one character or of two. */
export interface Notch {
  /** The ink px at its end. */
  readonly x: number;
  readonly y: number;
  /** Unit vector away from the paper, into the ink. */
  readonly dx: number;
  readonly dy: number;
  /** Share of ink in a disc of the pen's width about it: a straight edge has a half, a right angle between two strokes three quarters. */
  readonly share: number;
  /** Whether the ink ahead is much thinner than a stroke: seen by the small disc alone. */
  readonly isLight: boolean;
}

const MIN_SHARE = 0.63;
/** Of two notches closer than this many stroke widths the sharper one stays. */
const APART = 0.7;
/**
 * A stroke of much less than the usual width (a bar drawn lightly) has its other side within the disc, and no notch where it meets another one. So there a smaller disc
 * looks, over the usual width, and only where the ink ahead is no thicker than this.
 */
const THIN_DISC = 0.5;
const THIN = 0.75;
/** A small disc takes an outline's steps for notches sooner. */
const THIN_MIN_SHARE = 0.66;

/** Finds the notches in the outlines, outer and inner, of a component. */
export function findNotches(mask: BinaryImage, strokePx: number): Notch[] {
  const edges = listEdges(mask);
  const kept: Notch[] = [];
  const keep = (found: Notch[]): void => {
    found.sort((a, b) => b.share - a.share);
    for (const notch of found)
      if (
        kept.every(({ x, y, dx, dy }) => Math.hypot(x - notch.x, y - notch.y) >= APART * strokePx || dx * notch.dx + dy * notch.dy < -0.2)
      )
        kept.push(notch);
  };
  keep(look(mask, edges, { radius: Math.max(3, strokePx), minShare: MIN_SHARE, isLight: false }));
  const thin = look(mask, edges, { radius: Math.max(3, THIN_DISC * strokePx), minShare: THIN_MIN_SHARE, isLight: true });
  keep(thin.filter((notch) => thicknessAhead(mask, notch) <= THIN * strokePx));
  return kept;
}

/** Edge px whose disc has at least so much ink. */
function look(
  { width, height, data }: BinaryImage,
  edges: readonly (readonly [number, number])[],
  { radius, minShare, isLight }: { radius: number; minShare: number; isLight: boolean },
): Notch[] {
  const disc = discOf(radius);
  const found: Notch[] = [];
  for (const [x, y] of edges) {
    let ink = 0;
    let paperX = 0;
    let paperY = 0;
    for (const [dx, dy] of disc) {
      const u = x + dx;
      const v = y + dy;
      if (u >= 0 && v >= 0 && u < width && v < height && data[v * width + u] === 1) ink++;
      else {
        paperX += dx;
        paperY += dy;
      }
    }
    const share = ink / disc.length;
    const length = Math.hypot(paperX, paperY);
    if (share >= minShare && length > 0) found.push({ x, y, dx: -paperX / length, dy: -paperY / length, share, isLight });
  }
  return found;
}

/** The shortest way through the ink within 60 degrees of straight ahead, px. */
function thicknessAhead({ width, height, data }: BinaryImage, { x, y, dx, dy }: Notch): number {
  const ahead = Math.atan2(dy, dx);
  let shortest = Number.POSITIVE_INFINITY;
  for (let k = -4; k <= 4; k++) {
    const [ux, uy] = [Math.cos(ahead + (k * Math.PI) / 12), Math.sin(ahead + (k * Math.PI) / 12)];
    let length = 0;
    for (let t = 1; t < shortest; t += 0.5) {
      const u = Math.round(x + t * ux);
      const v = Math.round(y + t * uy);
      if (u < 0 || v < 0 || u >= width || v >= height || data[v * width + u] === 0) break;
      length = t;
    }
    shortest = Math.min(shortest, length + 1);
  }
  return shortest;
}

function listEdges(mask: BinaryImage): [number, number][] {
  const edges: [number, number][] = [];
  for (let y = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++) if (mask.data[y * mask.width + x] === 1 && isEdge(mask, x, y)) edges.push([x, y]);
  return edges;
}

/** Whether paper lies beside, above or below. */
function isEdge({ width, height, data }: BinaryImage, x: number, y: number): boolean {
  const i = y * width + x;
  return (
    (x > 0 && data[i - 1] === 0) ||
    (x < width - 1 && data[i + 1] === 0) ||
    (y > 0 && data[i - width] === 0) ||
    (y < height - 1 && data[i + width] === 0)
  );
}

function discOf(radius: number): [number, number][] {
  const reach = Math.ceil(radius);
  const disc: [number, number][] = [];
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) if (dx * dx + dy * dy <= radius * radius) disc.push([dx, dy]);
  return disc;
}
