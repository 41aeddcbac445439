import { expect, it } from "vitest";
import { learnShare } from "../../../lib/pipeline/spoiled/learn-share.ts";

const page = (clean: number, ...others: readonly number[]): number[] => [...Array.from({ length: clean }, () => -9), ...others];

it("doubts a box that looks spoiled where no other of the page does, less so the more boxes do", () => {
  const [none, one, some] = [0, 1, 30].map((spoiled) => learnShare(page(200, ...Array.from({ length: spoiled }, () => 5))));
  expect(none).toBeLessThan(-3);
  expect(one).toBeGreaterThan(none);
  // 13 % of a page are what the networks were fitted on.
  expect(some).toBeGreaterThan(-0.5);
  expect(some).toBeLessThan(0.5);
  expect(learnShare(page(100, ...Array.from({ length: 100 }, () => 5)))).toBeGreaterThan(1);
});

it("comes to where the share is the mean of the probabilities", () => {
  const odds = page(150, 4, 4, 3, 2.5, 1, 0.5, -0.5, -2);
  const shift = learnShare(odds);
  const mean = odds.reduce((sum, value) => sum + 1 / (1 + Math.exp(-value - shift)), 0);
  const share = 1 / (1 + Math.exp(-shift - Math.log(0.13 / 0.87)));
  expect(share).toBeCloseTo((mean + 0.4) / (odds.length + 40), 6);
});

it("takes a page without boxes for a usual one", () => {
  expect(learnShare([])).toBeCloseTo(Math.log(0.01 / 0.99) - Math.log(0.13 / 0.87), 9);
});
