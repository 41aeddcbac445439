import type { Rng } from "../core/rng.ts";
import { binarizeScan } from "./binarize-scan.ts";
import type { Scanner } from "./scanners.ts";
import { type Raster, softenPage } from "./soften-page.ts";

/** What the scanner adds to the picture of the page: uneven light, dirt, colour fringes, sharpening, 1-bit mode. May write to `scan`. */
export function finishScan(scan: Raster, scanner: Scanner, rng: Rng): Uint8Array {
  const draw = (range: readonly [number, number]): number => rng.between(range[0], range[1]);
  if (scanner.shading) shade(scan, draw(scanner.shading) * (rng.float() < 0.5 ? 1 : -1));
  if (scanner.colourShiftPx && scan.channels === 3) fringe(scan, draw(scanner.colourShiftPx));
  if (scanner.dust) {
    const area = (scan.width * scan.height) / (scanner.dpi / 25.4) ** 2 / (210 * 297);
    dust(scan, { count: Math.round(draw(scanner.dust) * area), pxPerMm: scanner.dpi / 25.4 }, rng);
  }
  if (scanner.streaks) {
    for (let i = Math.round(draw(scanner.streaks.count)); i > 0; i--) streak(scan, draw(scanner.streaks.strength), scanner.dpi, rng);
  }
  const data = scanner.sharpen ? sharpen(scan, draw(scanner.sharpen.amount), draw(scanner.sharpen.px)) : scan.data;
  return scanner.mode === "bilevel" ? binarizeScan({ ...scan, data }, scanner) : data;
}

function shade({ width, channels, data }: Raster, share: number): void {
  const factors = Float32Array.from({ length: width * channels }, (_, i) => {
    const x = Math.floor(i / channels) / width;
    return 1 - Math.abs(share) * (share > 0 ? x : 1 - x);
  });
  for (let k = 0, i = 0; k < data.length; k++) {
    data[k] *= factors[i];
    if (++i === factors.length) i = 0;
  }
}

/** Red is taken `px` rows later than green, blue as much earlier. */
function fringe({ width, height, data }: Raster, px: number): void {
  const stride = width * 3;
  const source = data.slice();
  const whole = Math.floor(px);
  const part = px - whole;
  const rowAt = (y: number): number => Math.min(height - 1, Math.max(0, y)) * stride;
  for (let y = 0; y < height; y++) {
    const [r0, r1] = [rowAt(y + whole), rowAt(y + whole + 1)];
    const [b0, b1] = [rowAt(y - whole), rowAt(y - whole - 1)];
    for (let x = 0, k = y * stride; x < stride; x += 3, k += 3) {
      data[k] = source[r0 + x] + part * (source[r1 + x] - source[r0 + x]) + 0.5;
      data[k + 2] = source[b0 + x + 2] + part * (source[b1 + x + 2] - source[b0 + x + 2]) + 0.5;
    }
  }
}

/** A line along the feeder's way, 1 to 3 px at 300 dpi, dark (dirt) or light (a scratch), in some parts weaker. */
function streak({ width, height, channels, data }: Raster, strength: number, dpi: number, rng: Rng): void {
  const x0 = rng.between(0.02, 0.98) * width;
  const half = (rng.between(0.5, 1.5) * dpi) / 300;
  const isDark = rng.float() < 0.7;
  const k = (2 * Math.PI) / (height * rng.between(0.2, 1.2));
  for (let y = 0; y < height; y++) {
    const depth = strength * (0.75 + 0.25 * Math.sin(k * y));
    for (let x = Math.max(0, Math.floor(x0 - half - 1)); x <= Math.min(width - 1, Math.ceil(x0 + half)); x++) {
      const alpha = depth * Math.min(1, Math.max(0, half + 0.5 - Math.abs(x + 0.5 - x0)));
      for (let c = 0, i = (y * width + x) * channels; c < channels; c++, i++) data[i] += alpha * ((isDark ? 25 : 255) - data[i]);
    }
  }
}

/** Specks (round, dark or, one in five, light) and hairs (one in eight: a thin bent line). */
function dust(scan: Raster, { count, pxPerMm }: { count: number; pxPerMm: number }, rng: Rng): void {
  for (let i = 0; i < count; i++) {
    const x = rng.float() * scan.width;
    const y = rng.float() * scan.height;
    const level = rng.float() < 0.2 ? 255 : rng.between(30, 150);
    if (rng.float() < 0.125) {
      const length = rng.between(2, 8) * pxPerMm;
      const angle = rng.between(0, 2 * Math.PI);
      const bend = rng.between(-1.5, 1.5);
      let [hx, hy] = [x, y];
      for (let s = 0; s < length; s += 0.7) {
        dab(scan, hx, hy, 0.04 * pxPerMm, level);
        hx += 0.7 * Math.cos(angle + (bend * s) / length);
        hy += 0.7 * Math.sin(angle + (bend * s) / length);
      }
    } else {
      dab(scan, x, y, rng.between(0.05, 0.35) * pxPerMm * rng.between(0.4, 1), level);
    }
  }
}

function dab({ width, height, channels, data }: Raster, cx: number, cy: number, radius: number, level: number): void {
  for (let y = Math.max(0, Math.floor(cy - radius - 1)); y <= Math.min(height - 1, cy + radius); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius - 1)); x <= Math.min(width - 1, cx + radius); x++) {
      const alpha = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy)));
      for (let c = 0, i = (y * width + x) * channels; c < channels; c++, i++) data[i] += alpha * (level - data[i]);
    }
  }
}

function sharpen(scan: Raster, amount: number, px: number): Uint8Array {
  const blurred = softenPage(scan, px).data;
  const out = new Uint8ClampedArray(scan.data.length);
  for (let k = 0; k < out.length; k++) out[k] = scan.data[k] + amount * (scan.data[k] - blurred[k]);
  return new Uint8Array(out.buffer);
}
