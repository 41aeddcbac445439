import type { Rng } from "../../lib/core/rng.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import { inkStrokes } from "../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../lib/simulate/simulated-writer.ts";
import { writeCharacter } from "../../lib/simulate/write-character.ts";

/** Characters across a rough printed line, at about 300 dpi; the box's inside is above the line. */
export interface Scene {
  readonly ink: BinaryImage;
  /** 1 where the pen's ink is, also under the line. */
  readonly pen: Uint8Array;
  /** For each column the line's middle row, as a measurement would give it: up to a px off. */
  readonly middle: Int16Array;
  /** Columns in which writing is near. */
  readonly from: number;
  readonly to: number;
}

export const SCENE_WIDTH = 220;
const HEIGHT = 150;
const LINE = 100;
/** Columns at the sides that the network's window needs. */
const ASIDE = 34;
const PX_PER_MM = 300 / 25.4;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The pen's writers from here on; tests use others. */
const FIRST_WRITER = 100_000;

/**
 * Draws up to three characters side by side, near or across a line, as they meet a box's bottom, top, right or left line (turned so
 * that the inside is above): MNIST digits, grown smoothly to 35 to 65 px, or letters of the simulated pen (one scene in four).
 * @param images n x 784 bytes of MNIST
 */
export function drawScene(images: Uint8Array, rng: Rng): Scene {
  const pen = new Uint8Array(SCENE_WIDTH * HEIGHT);
  const chance = rng.float();
  const side = chance < 0.42 ? "bottom" : chance < 0.82 ? "top" : chance < 0.91 ? "right" : "left";
  const isRow = side === "bottom" || side === "top";
  let x = 40 + rng.int(20);
  const start = x;
  let end = x;
  const isLetters = rng.float() < 0.25;
  // How far the characters reach beyond the line's middle; some stay away from it.
  const beyond = rng.float() < 0.15 ? rng.between(-40, 30) : rng.between(-10, 24);
  for (let k = 0; k < (isRow ? 3 : 1); k++) {
    const image = turn(isLetters ? drawLetter(rng) : growDigit(images, rng.int(images.length / 784), rng), side);
    const bottom = Math.round(LINE + beyond + rng.between(-6, 6));
    paste(image, pen, x, bottom - image.height);
    end = Math.min(SCENE_WIDTH - ASIDE, x + image.width);
    x += image.width + rng.int(22) - 2;
    if (x > SCENE_WIDTH - 40) break;
  }
  const data = pen.slice();
  const middle = ruleLine(data, rng);
  return {
    ink: { width: SCENE_WIDTH, height: HEIGHT, data },
    pen,
    middle,
    from: Math.max(ASIDE, start - 10),
    to: Math.min(SCENE_WIDTH - ASIDE, end + 10),
  };
}

function paste(image: BinaryImage, pen: Uint8Array, left: number, top: number): void {
  for (let j = 0; j < image.height; j++) {
    for (let i = 0; i < image.width; i++) {
      const x = left + i;
      const y = top + j;
      if (image.data[j * image.width + i] === 1 && x >= 0 && y >= 0 && x < SCENE_WIDTH && y < HEIGHT) pen[y * SCENE_WIDTH + x] = 1;
    }
  }
}

/** A line of 3.5 to 11 px, climbing by up to 3 degrees, its edges rough by a px, now and then with holes. */
function ruleLine(data: Uint8Array, rng: Rng): Int16Array {
  const thickness = rng.float() < 0.7 ? rng.between(5.5, 8.5) : rng.between(3.5, 11);
  const slope = rng.between(-0.05, 0.05);
  const rough = rng.between(0.05, 0.5);
  const off = rng.between(-0.7, 0.7);
  const holes = rng.float() < 0.15 ? rng.between(0, 0.06) : 0;
  const phase = rng.float();
  const middle = new Int16Array(SCENE_WIDTH);
  let above = 0;
  let below = 0;
  for (let x = 0; x < SCENE_WIDTH; x++) {
    if (rng.float() < rough) above = Math.round(rng.between(-1.49, 1.49));
    if (rng.float() < rough) below = Math.round(rng.between(-1.49, 1.49));
    if (rng.float() < 0.004) above -= 2;
    if (rng.float() < 0.004) below += 2;
    const y = LINE + phase + slope * (x - SCENE_WIDTH / 2);
    middle[x] = Math.floor((Math.round(y - thickness / 2 + off) + Math.round(y + thickness / 2 + off)) / 2);
    for (let row = Math.round(y - thickness / 2) + above; row < Math.round(y + thickness / 2) + below; row++)
      if (holes === 0 || rng.float() >= holes) data[row * SCENE_WIDTH + x] = 1;
  }
  return middle;
}

/** A 28 x 28 digit grown 1.7 to 3.3 times by bilinear interpolation, a little slanted, then parted at a level drawn by chance. */
function growDigit(images: Uint8Array, index: number, rng: Rng): BinaryImage {
  const source = images.subarray(index * 784, (index + 1) * 784);
  const scaleY = rng.between(1.7, 3.3);
  const scaleX = scaleY * rng.between(0.8, 1.15);
  const slant = rng.between(-0.15, 0.15);
  const level = rng.between(90, 160);
  const width = Math.ceil(28 * scaleX);
  const height = Math.ceil(28 * scaleY);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const v = (y + 0.5) / scaleY - 0.5;
      const u = (x + 0.5) / scaleX - 0.5 + slant * (v - 14);
      const j = Math.floor(v);
      const i = Math.floor(u);
      if (i < 0 || j < 0 || i > 26 || j > 26) continue;
      const fx = u - i;
      const fy = v - j;
      const at = j * 28 + i;
      const value = (1 - fy) * ((1 - fx) * source[at]! + fx * source[at + 1]!) + fy * ((1 - fx) * source[at + 28]! + fx * source[at + 29]!);
      if (value > level) data[y * width + x] = 1;
    }
  }
  return tight({ width, height, data });
}

function drawLetter(rng: Rng): BinaryImage {
  const writer = buildWriter(FIRST_WRITER + rng.int(400), { penWidthMm: rng.between(0.3, 0.75) });
  const strokes = writeCharacter(LETTERS[rng.int(LETTERS.length)]!, writer, { capHeightMm: rng.between(38, 70) / PX_PER_MM, rng });
  const { width, height, coverage } = inkStrokes(strokes, [PX_PER_MM, PX_PER_MM], [0, 0]);
  return tight({ width, height, data: coverage.map((value) => (value >= 128 ? 1 : 0)) });
}

function tight({ width, height, data }: BinaryImage): BinaryImage {
  let [x0, x1, y0, y1] = [width, -1, height, -1];
  data.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width;
    const y = (i - x) / width;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  });
  if (x1 < 0) return { width: 1, height: 1, data: new Uint8Array(1) };
  const w = x1 - x0 + 1;
  const h = y1 - y0 + 1;
  return {
    width: w,
    height: h,
    data: Uint8Array.from({ length: w * h }, (_, i) => data[(y0 + Math.floor(i / w)) * width + x0 + (i % w)]!),
  };
}

/** Turned so that the line on this side of the box comes to lie below. */
function turn(image: BinaryImage, side: "bottom" | "top" | "right" | "left"): BinaryImage {
  const lies = side === "left" || side === "right";
  const width = lies ? image.height : image.width;
  const height = lies ? image.width : image.height;
  const flips = side === "top" || side === "left";
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = flips ? height - 1 - y : y;
    for (let x = 0; x < width; x++) data[y * width + x] = image.data[lies ? x * image.width + row : row * image.width + x]!;
  }
  return { width, height, data };
}
