import type { Box } from "../../lib/core/geometry.ts";
import type { Rng } from "../../lib/core/rng.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import { toBinary } from "../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../lib/simulate/simulated-writer.ts";
import { writeLine } from "../../lib/simulate/write-line.ts";
import type { RealWriter } from "../bench/corpus/real-digits.ts";

/** A few characters side by side, most of them touching. */
export interface DrawnLine {
  readonly ink: BinaryImage;
  /** Each one's whole ink alone, with its place in `ink` and the box that holds it. */
  readonly characters: readonly {
    readonly char: string;
    readonly image: BinaryImage;
    readonly offset: readonly [number, number];
    readonly box: Box;
  }[];
}

const SCALE = [300 / 25.4, 300 / 25.4] as const;
const TOUCHING = 0.75;
const ALPHABETS = ["0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"];
/** The bench's simulated writers have lower seeds. */
const FIRST_SEED = 2_000_000;
const EDGE = 3;

/** Lets one hand write two or three digits, or letters of one kind; `person` null: a simulated one. */
export function drawLine(person: RealWriter | null, kind: "digits" | "letters", rng: Rng): DrawnLine {
  const alphabet = ALPHABETS[kind === "digits" ? 0 : 1 + rng.int(2)]!;
  const writer = buildWriter(FIRST_SEED + rng.int(1e6));
  const text = Array.from({ length: 2 + rng.int(2) }, () => alphabet[rng.int(alphabet.length)]!).join("");
  const { masks } = writeLine(text, writer, {
    rng,
    scale: SCALE,
    capHeightMm: rng.between(3.4, 6.5),
    gapMm: 0.35,
    touching: TOUCHING,
    wordGap: 0.5,
    slope: 0,
    sampleOf: (char) => {
      const samples = person?.images.get(char);
      return samples ? samples[rng.int(samples.length)]! : null;
    },
  });
  const drawn = masks.map((mask) => ({ image: toBinary(mask!), x: mask!.x, y: mask!.y }));
  const x0 = Math.min(...drawn.map(({ x }) => x)) - EDGE;
  const y0 = Math.min(...drawn.map(({ y }) => y)) - EDGE;
  const width = Math.max(...drawn.map(({ x, image }) => x + image.width)) + EDGE - x0;
  const height = Math.max(...drawn.map(({ y, image }) => y + image.height)) + EDGE - y0;
  const data = new Uint8Array(width * height);
  const characters = drawn.map(({ image, x, y }, i) => {
    let [left, top, right, bottom] = [image.width, image.height, -1, -1];
    for (let v = 0; v < image.height; v++)
      for (let u = 0; u < image.width; u++) {
        if (image.data[v * image.width + u] === 0) continue;
        data[(y - y0 + v) * width + x - x0 + u] = 1;
        [left, right] = [Math.min(left, u), Math.max(right, u)];
        [top, bottom] = [Math.min(top, v), v];
      }
    const box: Box = [x - x0 + left, y - y0 + top, right - left + 1, bottom - top + 1];
    return { char: text[i]!, image, offset: [x - x0, y - y0] as const, box };
  });
  return { ink: { width, height, data }, characters };
}
