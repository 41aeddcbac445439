import type { GrayImage } from "../image/images.ts";

const BINS = 360; // of a quarter degree, over 90 degrees

/**
 * The angle by which printed lines are turned from the image's axes, clockwise positive, in degrees in [-45, 45): the mode of the
 * gradients' directions modulo 90 degrees, weighted by the gradients' squares. Long straight edges outweigh writing.
 * @param image about 100 dpi
 */
export function estimateSkew({ width, height, data }: GrayImage): number {
  const histogram = new Float64Array(BINS);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const gx = data[i - width + 1] + 2 * data[i + 1] + data[i + width + 1] - data[i - width - 1] - 2 * data[i - 1] - data[i + width - 1];
      const gy =
        data[i + width - 1] + 2 * data[i + width] + data[i + width + 1] - data[i - width - 1] - 2 * data[i - width] - data[i - width + 1];
      const square = gx * gx + gy * gy;
      if (square < 10000) continue;
      const degrees = ((Math.atan2(gy, gx) * 180) / Math.PI + 360) % 90;
      histogram[Math.floor((degrees / 90) * BINS) % BINS] += square;
    }
  }
  // Smoothed over about 2 degrees: at 100 dpi a line's antialiased steps spread its directions.
  let best = 0;
  let bestSum = -1;
  const smoothed = new Float64Array(BINS);
  for (let i = 0; i < BINS; i++) {
    for (let k = -5; k <= 5; k++) smoothed[i] += (6 - Math.abs(k)) * histogram[(i + k + BINS) % BINS];
    if (smoothed[i] > bestSum) {
      bestSum = smoothed[i];
      best = i;
    }
  }
  // Centre of mass of the peak.
  let sum = 0;
  let moment = 0;
  for (let k = -6; k <= 6; k++) {
    const value = histogram[(best + k + BINS) % BINS];
    sum += value;
    moment += value * k;
  }
  const angle = ((best + 0.5 + (sum > 0 ? moment / sum : 0)) / BINS) * 90;
  return angle >= 45 ? angle - 90 : angle;
}
