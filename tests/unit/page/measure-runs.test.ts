import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { estimatePaper } from "../../../lib/image/estimate-paper.ts";
import { findRunComponents } from "../../../lib/image/run-components.ts";
import { measureRunsReference } from "../../../lib/page/measure-runs.reference.ts";
import { measureRuns } from "../../../lib/page/measure-runs.ts";

describe("measureRuns", () => {
  it.each([
    [1, 1, 1],
    [16, 5, 1],
    [17, 40, 0.5],
    [131, 67, 0.3],
    [131, 67, 0.9],
    [60, 31, 0],
  ])("equals its plain reference (%i x %i px, %d of it ink)", (width, height, share) => {
    const rng = new Rng(width + height);
    const bytes = (of: () => number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: width * height }, of);
    const gray = { width, height, data: bytes(() => Math.floor(256 * rng.float())) };
    const band = bytes(() => (rng.float() < 0.4 ? 1 : 0));
    // Strokes of all lengths: from px to px ink goes on more often than not.
    let last = 0;
    const found = findRunComponents({ width, height, data: bytes(() => (last = rng.float() < 0.7 ? last : rng.float() < share ? 1 : 0)) });
    const page = { gray, paper: estimatePaper(gray), band };
    const measured = measureRuns(found, page);
    expect(measured).toEqual(measureRunsReference(found, page));
    expect(measured.contrasts.length).toBe(found.components.length + 1);
    if (share >= 0.3 && width > 16) expect(measured.onLine.some((n) => n > 16)).toBe(true);
  });
});
