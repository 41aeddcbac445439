import { describe, expect, it } from "vitest";
import { smoothGray } from "../../../lib/image/smooth.ts";

describe("smoothGray", () => {
  it("spreads a point over its neighbours by 1 2 1 both ways, and leaves even paper even up to the border", () => {
    const data = new Uint8Array(25).fill(0);
    data[12] = 160;
    expect([...smoothGray({ width: 5, height: 5, data }).data.slice(6, 9)]).toEqual([10, 20, 10]);
    expect([...smoothGray({ width: 5, height: 5, data }).data.slice(11, 14)]).toEqual([20, 40, 20]);
    expect(new Set(smoothGray({ width: 4, height: 3, data: new Uint8Array(12).fill(255) }).data)).toEqual(new Set([255]));
  });
});
