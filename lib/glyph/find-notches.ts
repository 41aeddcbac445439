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
}

const MIN_SHARE = 0.63;
/** Of two notches closer than this many stroke widths the sharper one stays. */
const APART = 0.7;

/** Finds the notches in the outlines, outer and inner, of a component. */
export function findNotches(mask: BinaryImage, strokePx: number): Notch[] {
  const { width, height, data } = mask;
  const radius = Math.max(3, strokePx);
  const disc = discOf(radius);
  const found: Notch[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0 || !isEdge(mask, x, y)) continue;
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
      if (share >= MIN_SHARE && length > 0) found.push({ x, y, dx: -paperX / length, dy: -paperY / length, share });
    }
  }
  found.sort((a, b) => b.share - a.share);
  const kept: Notch[] = [];
  for (const notch of found)
    if (kept.every(({ x, y, dx, dy }) => Math.hypot(x - notch.x, y - notch.y) >= APART * strokePx || dx * notch.dx + dy * notch.dy < -0.2))
      kept.push(notch);
  return kept;
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
