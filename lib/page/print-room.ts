import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { type PictureRoom, type Room, takePictureRoom } from "../image/kernels/take-room.ts";
import type { LocatedLine } from "./locate-lines.ts";

/** A page in the kernels' memory while its printed lines are measured and taken out. Done with at the next `takeRoom`. */
export interface PrintRoom extends Pick<PictureRoom, "kernels" | "bytes" | "finish"> {
  readonly width: number;
  readonly height: number;
  /** Addresses: the grey image; bits `HIDDEN_BY_*` per px; the paper's level per block, `blocksX` a row; `levelTables`; free memory. */
  readonly gray: number;
  readonly hidden: number;
  readonly level: number;
  readonly blocksX: number;
  readonly tables: number;
  readonly scratch: number;
}

/** Levels of light that are told apart: `PER_LEVEL` is the paper's. */
export const LEVELS = 64;
export const PER_LEVEL = 50;

let levelTables: Uint8Array | null = null;

/** For each grey of paper and each grey its level of light, 256 x 256; the same for every page. */
function tabulateLevels(): Uint8Array {
  levelTables ??= Uint8Array.from({ length: 65_536 }, (_, i) => Math.min(LEVELS - 1, Math.round((i & 255) * (PER_LEVEL / (i >> 8)))));
  return levelTables;
}

/**
 * @param page its grey and `hidden` are changed in place: when the room's `finish` has been called
 * @param scratchBytes what the lines of a group need at once, see `lineScratch`
 */
export function openPrintRoom(
  { gray: { width, height, data }, hidden, paper }: { gray: GrayImage; hidden: Uint8Array; paper: PaperMap },
  scratchBytes: number,
): PrintRoom {
  const { kernels, bytes, at, change, finish } = takePictureRoom([paper.level.length, 65_536, scratchBytes], { change: [data, hidden] });
  const [level, tables, scratch] = at;
  bytes.set(paper.level, level);
  bytes.set(tabulateLevels(), tables);
  return { kernels, bytes, width, height, gray: change[0], hidden: change[1], level, blocksX: paper.blocksX, tables, scratch, finish };
}

/** Gives out parts of memory from `from` on, each from a multiple of 16 with room behind it. */
export function partsFrom(from: number): (length: number) => number {
  let end = from;
  return (length) => {
    const start = (end + 15) & ~15;
    end = start + length + SLACK;
    return start;
  };
}

/** Kernels may touch so much behind a part. */
const SLACK = 64;

/** Knots of a line, two f64 each, written to the kernels' memory at `at`. */
export function writeKnots({ bytes }: Pick<Room, "bytes">, at: number, knots: readonly { along: number; centre: number }[]): void {
  const out = new Float64Array(bytes.buffer, at, 2 * knots.length);
  for (const [i, { along, centre }] of knots.entries()) {
    out[2 * i] = along;
    out[2 * i + 1] = centre;
  }
}

interface Axes {
  /** Px of the picture along the line, and across it. */
  readonly length: number;
  readonly depth: number;
  /** How far apart px along the line lie in memory, and those across it. */
  readonly along: number;
  readonly across: number;
}

export function axesOf({ width, height }: { width: number; height: number }, { line }: LocatedLine): Axes {
  return line.direction === "h"
    ? { length: width, depth: height, along: 1, across: width }
    : { length: height, depth: width, along: width, across: 1 };
}

/** The places along a line of which its print may take in some. */
export function spanOf({ from, to, widthPx }: LocatedLine, { length }: Axes): { start: number; end: number } {
  const half = widthPx / 2;
  const start = Math.max(0, Math.floor(from - half - 1));
  return { start, end: Math.max(start, Math.min(length, Math.ceil(to + half + 1))) };
}
