import type { Box } from "../core/geometry.ts";
import type { GrayImage } from "../image/images.ts";
import { type Room, takeRoom } from "../image/kernels/take-room.ts";
import type { PrintedLine } from "./list-printed.ts";
import { mapToScan, type PageMap } from "./page-map.ts";
import { sampleGray } from "./sample-gray.ts";

/** A straight stretch of a printed line, short enough to be straight on bent paper, in card mm. */
export interface LinePiece {
  readonly direction: "h" | "v";
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly lineMm: number;
}

const PIECE_MM = 7;
/** Ends of a line, where another one meets it, are left out. */
const END_MM = 0.8;

/** The printed lines within the fields, cut into pieces of about 7 mm, so that a box's side tells its slope; lines that coincide (boxes with common sides) once. */
export function cutLines(lines: readonly PrintedLine[], fields: readonly { readonly box: Box }[]): LinePiece[] {
  const pieces = new Map<string, LinePiece>();
  for (const { direction, at, from, to, lineMm } of lines) {
    const [x, y] = direction === "h" ? [(from + to) / 2, at] : [at, (from + to) / 2];
    if (!fields.some(({ box }) => x >= box[0] - 0.1 && x <= box[0] + box[2] + 0.1 && y >= box[1] - 0.1 && y <= box[1] + box[3] + 0.1))
      continue;
    const inner = to - from - 2 * END_MM;
    if (inner < 3) continue;
    const count = Math.max(1, Math.round(inner / PIECE_MM));
    for (let i = 0; i < count; i++) {
      const start = from + END_MM + (inner * i) / count;
      const piece = { direction, at, from: start, to: start + inner / count, lineMm };
      pieces.set(`${direction} ${at.toFixed(1)} ${start.toFixed(0)}`, piece);
    }
  }
  return [...pieces.values()];
}

/** A scan in which pieces are looked at: in the kernels' memory, done with at the next `takeRoom`; or as it is, where a copy of it would take too much. */
export interface PieceRoom {
  readonly image: GrayImage;
  readonly room: Room | null;
}

/** 600 dpi pages and larger ones stay where they are. */
const MOST_COPIED = 2 ** 24;
const MOST_COUNT = 512;

export function openPieceRoom(image: GrayImage): PieceRoom {
  if (image.data.length > MOST_COPIED || Math.min(image.width, image.height) < 2) return { image, room: null };
  const room = takeRoom([image.data.length, 8 * MOST_COUNT]);
  room.bytes.set(image.data, room.at[0]);
  return { image, room };
}

/**
 * Mean grey along a piece, for offsets of -reach to +reach mm across it in `count` steps (at most 512); null where it leaves the picture. Sampled
 * in the scan itself, through the map. With and without the kernel it comes out the same bit for bit (test).
 */
export function profilePiece(
  { image, room }: PieceRoom,
  map: PageMap,
  piece: LinePiece,
  shape: { reach: number; count: number; alongMm: number },
): Float64Array | null {
  const { reach, count, alongMm } = shape;
  const { width, height } = image;
  const horizontal = piece.direction === "h";
  const place = (along: number, across: number) =>
    mapToScan(map, horizontal ? { x: along, y: piece.at + across } : { x: piece.at + across, y: along });
  const [a, b] = [place(piece.from, -reach), place(piece.to, -reach)];
  const [c, d] = [place(piece.from, reach), place(piece.to, reach)];
  for (const p of [a, b, c, d]) if (!(p.x >= 0 && p.y >= 0 && p.x < width && p.y < height)) return null;
  const samples = Math.max(4, Math.round((piece.to - piece.from) / alongMm));
  if (room !== null && count <= MOST_COUNT) {
    const [data, out] = room.at;
    room.kernels.pieceProfile(data, width, height, a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y, count, samples, out);
    return new Float64Array(room.bytes.buffer, out, count).slice();
  }
  const profile = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const t = k / (count - 1);
    const [x0, y0] = [a.x + (c.x - a.x) * t, a.y + (c.y - a.y) * t];
    const [x1, y1] = [b.x + (d.x - b.x) * t, b.y + (d.y - b.y) * t];
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      const s = (i + 0.5) / samples;
      sum += sampleGray(image, x0 + (x1 - x0) * s, y0 + (y1 - y0) * s);
    }
    profile[k] = sum / samples;
  }
  return profile;
}

/** How much darker than the paper beside, as a share of the paper's grey, smoothed over three samples; never below 0. */
export function darkness(profile: Float64Array): Float64Array {
  const sorted = profile.slice().sort();
  const paper = Math.max(1, sorted[Math.floor(0.7 * (sorted.length - 1))]);
  return profile.map((value, k) => {
    const left = profile[Math.max(0, k - 1)];
    const right = profile[Math.min(profile.length - 1, k + 1)];
    return Math.max(0, 1 - (left + 2 * value + right) / (4 * paper));
  });
}

/** Where a sampled curve peaks around sample `k`, to a fraction of a sample (parabola through three). */
export function peakAround(curve: Float64Array, k: number): number {
  if (k < 1 || k >= curve.length - 1) return k;
  const bend = curve[k - 1] - 2 * curve[k] + curve[k + 1];
  return bend < 0 ? k + (curve[k - 1] - curve[k + 1]) / (2 * bend) : k;
}
