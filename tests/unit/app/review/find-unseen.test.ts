import { describe, expect, it } from "vitest";
import { findUnseen } from "../../../../app/c/[slug]/review/_components/grid/find-unseen.ts";

describe("where a grid goes on after what was seen is confirmed", () => {
  it("goes back to a screen whose pictures came late before it calls the list done", () => {
    const seen = new Set([0, 1, 2, 6, 7, 8]);
    expect(findUnseen(seen, { from: 6, total: 12 })).toBe(9);
    for (const place of [9, 10, 11]) seen.add(place);
    expect(findUnseen(seen, { from: 9, total: 12 })).toBe(3);
    for (const place of [3, 4, 5]) seen.add(place);
    expect(findUnseen(seen, { from: 3, total: 12 })).toBeNull();
    expect(findUnseen(new Set(), { from: 0, total: 0 })).toBeNull();
  });
});
