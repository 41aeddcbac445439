import type { BinaryImage } from "../../lib/image/images.ts";
import type { WrittenDigit } from "./nist-filled-form.ts";

export interface PageMove {
  readonly turnDeg: number;
  readonly shift: readonly [number, number];
  readonly scale: number;
  readonly width?: number;
  readonly height?: number;
}

/** Moves a 1-bit page as a scanner would, nearest px, and the digits' px with it. */
export function movePage(
  page: BinaryImage,
  digits: readonly WrittenDigit[],
  move: PageMove,
): { page: BinaryImage; digits: WrittenDigit[] } {
  const width = move.width ?? page.width;
  const height = move.height ?? page.height;
  const owners = new Int32Array(page.data.length);
  digits.forEach(({ pixels }, i) => {
    for (const at of pixels) owners[at] = i + 1;
  });
  const data = new Uint8Array(width * height);
  const moved: number[][] = digits.map(() => []);
  const angle = (move.turnDeg * Math.PI) / 180;
  const cos = Math.cos(angle) / move.scale;
  const sin = Math.sin(angle) / move.scale;
  for (let y = 0; y < height; y++) {
    const v = y + 0.5 - move.shift[1] - page.height / 2;
    for (let x = 0; x < width; x++) {
      const u = x + 0.5 - move.shift[0] - page.width / 2;
      const sx = Math.floor(page.width / 2 + cos * u + sin * v);
      const sy = Math.floor(page.height / 2 - sin * u + cos * v);
      if (sx < 0 || sy < 0 || sx >= page.width || sy >= page.height) continue;
      const from = sy * page.width + sx;
      data[y * width + x] = page.data[from];
      if (owners[from] > 0) moved[owners[from] - 1].push(y * width + x);
    }
  }
  return { page: { width, height, data }, digits: digits.map((digit, i) => ({ ...digit, pixels: Int32Array.from(moved[i]) })) };
}
