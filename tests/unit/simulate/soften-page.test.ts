import { describe, expect, it } from "vitest";
import { softenPage, streakPage } from "../../../lib/simulate/soften-page.ts";

/** A white column on black, 3 px wide: its profile after the blur has the blur's variance plus its own (2/3). */
function profile(channels: 1 | 3, sigma: number) {
  const page = { width: 81, height: 81, channels, data: new Uint8Array(81 * 81 * channels) };
  for (let y = 0; y < 81; y++) page.data.fill(255, (y * 81 + 39) * channels, (y * 81 + 42) * channels);
  const soft = softenPage(page, sigma);
  const row = Array.from({ length: 81 }, (_, x) => soft.data[(40 * 81 + x) * channels + channels - 1]);
  const sum = row.reduce((a, b) => a + b, 0);
  const mean = row.reduce((a, v, x) => a + v * x, 0) / sum;
  return { sum, mean, variance: row.reduce((a, v, x) => a + v * (x - mean) ** 2, 0) / sum - 2 / 3 };
}

describe("softenPage", () => {
  it.each([
    [1, 0.5],
    [1, 1],
    [3, 1.3],
    [1, 2],
    [3, 3.7],
    [1, 6],
  ] as const)("of %i channels by %f px has that standard deviation, keeps place and light", (channels, sigma) => {
    const { sum, mean, variance } = profile(channels, sigma);
    expect(mean).toBeCloseTo(40, 1);
    expect(Math.sqrt(variance) / sigma).toBeGreaterThan(0.93);
    expect(Math.sqrt(variance) / sigma).toBeLessThan(1.07);
    expect(Math.abs(sum / 765 - 1)).toBeLessThan(0.06);
  });

  it("leaves a uniform page as it is", () => {
    const page = { width: 40, height: 30, channels: 3, data: new Uint8Array(3600).fill(201) } as const;
    for (const sigma of [0, 0.7, 1.9, 5]) expect(softenPage(page, sigma).data.every((v) => v === 201)).toBe(true);
    expect(streakPage(page, 3, -4).data.every((v) => v === 201)).toBe(true);
  });
});
