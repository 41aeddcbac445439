import { describe, expect, it } from "vitest";
import { createStageClock } from "../../../lib/server/services/read/stage-clock.ts";

/** Takes `ms` ms, then gives `result`. */
function spend<T>(ms: number, result?: T): T | undefined {
  const until = performance.now() + ms;
  while (performance.now() < until);
  return result;
}

describe("createStageClock", () => {
  it("gives each stage its time, what comes between to the inner one, and the rest back to the outer one", async () => {
    const clock = createStageClock();
    clock.enter("decode");
    spend(5);
    clock.enter("glyphs");
    spend(5);
    expect(clock.during("classify", () => spend(20, 7))).toBe(7);
    expect(await clock.during("code", async () => spend(10, 8))).toBe(8);
    spend(5);
    const times = clock.take();
    spend(30);
    const wall = Object.fromEntries(times.map(({ stage, wallMs }) => [stage, wallMs]));
    expect(times.map(({ stage }) => stage).sort()).toEqual(["classify", "code", "decode", "glyphs"]);
    for (const [stage, least] of [
      ["decode", 5],
      ["glyphs", 10],
      ["classify", 20],
      ["code", 10],
    ] as const) {
      expect(wall[stage]).toBeGreaterThanOrEqual(least - 0.1);
    }
    // After it is taken nothing counts until a stage is entered again.
    expect(clock.take()).toEqual([]);
  });

  it("ends a stage that fails", async () => {
    const clock = createStageClock();
    clock.enter("glyphs");
    await expect(clock.during("code", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    spend(3);
    expect(clock.take().find(({ stage }) => stage === "glyphs")?.wallMs).toBeGreaterThanOrEqual(2.9);
  });
});
