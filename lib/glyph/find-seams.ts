import type { BinaryImage } from "../image/images.ts";
import { findNotches, type Notch } from "./find-notches.ts";

/** A straight line through a component's ink, from paper to paper, along which strokes may be parted. */
export interface Seam {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly lengthPx: number;
  /** Whether both ends are notches: where a stroke ends at another's side. */
  readonly isBetween: boolean;
  /** Whether a light stroke's notch is one of its ends. */
  readonly isLight: boolean;
}

/** Two notches closer than this many stroke widths may be the two sides of one stroke's end. */
const REACH = 1.9;
/** A seam through one notch only goes across one stroke. */
const ACROSS = 1.6;
/** Two strokes that lie side by side may be parted over this many stroke widths, where their ink is wider than one stroke. */
const LONG = 9;
/** Distance to paper along such a seam over the stroke's width; half a width in the middle of a single stroke. */
const THICK = 0.56;
const ANGLES = 9;
const ANGLE_STEP = Math.PI / 12;
/** Seams whose ends are closer than this many stroke widths are one. */
const SAME = 0.45;

/** Proposes seams: between two notches, and from a notch straight across the stroke behind it. */
export function findSeams(mask: BinaryImage, strokePx: number): Seam[] {
  const notches = findNotches(mask, strokePx);
  const depth = distanceToPaper(mask);
  const candidates = [
    ...betweenNotches(mask, notches, { strokePx, depth }),
    ...notches.flatMap((notch) => acrossFrom(mask, notch, { strokePx, depth })),
  ];
  candidates.sort((a, b) => cost(a) - cost(b));
  const kept: Seam[] = [];
  const reach = SAME * strokePx;
  for (const seam of candidates) if (kept.every((other) => !isSame(other, seam, reach))) kept.push(seam);
  return kept;
}

function cost({ lengthPx, isBetween }: Seam): number {
  return isBetween ? 0.5 * lengthPx : lengthPx;
}

function isSame(a: Seam, b: Seam, reach: number): boolean {
  const near = (x0: number, y0: number, x1: number, y1: number): boolean => Math.hypot(x0 - x1, y0 - y1) < reach;
  return (near(a.x0, a.y0, b.x0, b.y0) && near(a.x1, a.y1, b.x1, b.y1)) || (near(a.x0, a.y0, b.x1, b.y1) && near(a.x1, a.y1, b.x0, b.y0));
}

interface Scale {
  readonly strokePx: number;
  readonly depth: Float32Array;
}

function betweenNotches(mask: BinaryImage, notches: readonly Notch[], scale: Scale): Seam[] {
  const seams: Seam[] = [];
  notches.forEach((a, i) => {
    for (const b of notches.slice(i + 1)) {
      const lengthPx = Math.hypot(a.x - b.x, a.y - b.y);
      if (lengthPx > LONG * scale.strokePx) continue;
      // Each looks towards the other, not past it.
      const [ux, uy] = [(b.x - a.x) / (lengthPx || 1), (b.y - a.y) / (lengthPx || 1)];
      if (lengthPx > 2 && (a.dx * ux + a.dy * uy < 0.1 || b.dx * -ux + b.dy * -uy < 0.1)) continue;
      const seam = { x0: a.x, y0: a.y, x1: b.x, y1: b.y, lengthPx: lengthPx + 1, isBetween: true, isLight: a.isLight || b.isLight };
      if (isThroughInk(mask, seam) && (lengthPx <= REACH * scale.strokePx || isThick(mask, seam, scale))) seams.push(seam);
    }
  });
  return seams;
}

/** The shortest ways from a notch through the ink, one or two of different directions; a longer one where the ink is wide all along. */
function acrossFrom(mask: BinaryImage, notch: Notch, scale: Scale): Seam[] {
  const { width, height, data } = mask;
  const ahead = Math.atan2(notch.dy, notch.dx);
  const rays = Array.from({ length: ANGLES }, (_, i) => {
    const angle = ahead + (i - (ANGLES - 1) / 2) * ANGLE_STEP;
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
    let [x1, y1] = [notch.x, notch.y];
    for (let t = 1; ; t += 0.5) {
      const x = Math.round(notch.x + t * ux);
      const y = Math.round(notch.y + t * uy);
      if (x < 0 || y < 0 || x >= width || y >= height || data[y * width + x] === 0) break;
      [x1, y1] = [x, y];
    }
    const lengthPx = Math.hypot(x1 - notch.x, y1 - notch.y) + 1;
    return { x0: notch.x, y0: notch.y, x1, y1, lengthPx, isBetween: false, isLight: notch.isLight };
  });
  return rays.filter((ray, i) => {
    if ((i > 0 && rays[i - 1].lengthPx < ray.lengthPx) || (i < ANGLES - 1 && rays[i + 1].lengthPx <= ray.lengthPx))
      return (
        i === (ANGLES - 1) / 2 &&
        ray.lengthPx > ACROSS * scale.strokePx &&
        ray.lengthPx <= LONG * scale.strokePx &&
        isThick(mask, ray, scale)
      );
    return ray.lengthPx <= ACROSS * scale.strokePx || (ray.lengthPx <= LONG * scale.strokePx && isThick(mask, ray, scale));
  });
}

function isThroughInk({ width, data }: BinaryImage, seam: Seam): boolean {
  let missing = 0;
  const steps = Math.max(1, Math.ceil(seam.lengthPx));
  for (let i = 0; i <= steps; i++) {
    const x = Math.round(seam.x0 + ((seam.x1 - seam.x0) * i) / steps);
    const y = Math.round(seam.y0 + ((seam.y1 - seam.y0) * i) / steps);
    if (data[y * width + x] === 0) missing++;
  }
  return missing <= 0.15 * steps;
}

/** Whether the ink on both sides of a seam is wider than that of one stroke. */
function isThick({ width }: BinaryImage, seam: Seam, { strokePx, depth }: Scale): boolean {
  const steps = Math.ceil(seam.lengthPx);
  const depths: number[] = [];
  for (let i = 1; i < steps; i++) {
    const x = Math.round(seam.x0 + ((seam.x1 - seam.x0) * i) / steps);
    const y = Math.round(seam.y0 + ((seam.y1 - seam.y0) * i) / steps);
    depths.push(depth[y * width + x]);
  }
  depths.sort((a, b) => a - b);
  return (depths[depths.length >> 1] ?? 0) >= THICK * strokePx;
}

/** Distance of each ink px to the nearest paper in px, by two sweeps (chamfer, 1 and 1.4). */
function distanceToPaper({ width, height, data }: BinaryImage): Float32Array {
  const depth = new Float32Array(width * height);
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : depth[y * width + x]);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x] === 1)
        depth[y * width + x] = Math.min(at(x - 1, y) + 1, at(x, y - 1) + 1, at(x - 1, y - 1) + 1.4, at(x + 1, y - 1) + 1.4);
  for (let y = height - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--)
      if (data[y * width + x] === 1)
        depth[y * width + x] = Math.min(
          depth[y * width + x],
          at(x + 1, y) + 1,
          at(x, y + 1) + 1,
          at(x + 1, y + 1) + 1.4,
          at(x - 1, y + 1) + 1.4,
        );
  return depth;
}
