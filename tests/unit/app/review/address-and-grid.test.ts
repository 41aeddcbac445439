import { describe, expect, test } from "vitest";
import { findClasses } from "../../../../app/c/[slug]/review/_components/frame/find-classes.ts";
import { findRate } from "../../../../app/c/[slug]/review/_components/frame/find-rate.ts";
import { addressOf, changeAddress, parseAddress } from "../../../../app/c/[slug]/review/_components/frame/review-address.ts";
import { findRows, findWholeRows, layOut, moveCursor } from "../../../../app/c/[slug]/review/_components/grid/grid-geometry.ts";
import { encodeCardCode } from "../../../../lib/card/card-code.ts";

const parse = (query: string) => parseAddress(new URLSearchParams(query));

describe("Review's address", () => {
  test.each([
    "",
    "?state=disagree",
    "?label=7",
    "?order=queue&label=7",
    "?way=one&order=random&seed=42",
    "?way=one&audit=a1",
    "?way=one&pass=second",
    "?way=adjudicate&order=gain",
    "?state=all&page=p1&writer=anna&source=person&prediction=4",
    "?way=one&glyph=g1",
    "?state=all&order=doubt&template=digits&field=r04&box=0",
    "?state=all&device=Canon+LiDE+400&sharpness=soft&resolution=low",
  ])("%s says all that there is to say", (query) => {
    const address = addressOf("mine", parse(query.slice(1)));
    expect(new Set(new URLSearchParams(address.split("?")[1]))).toEqual(new Set(new URLSearchParams(query.slice(1))));
  });

  test("what is said wrongly is the default; a glyph is looked at one by one", () => {
    expect(parse("way=sideways&state=none&label=77&seed=-4")).toMatchObject({
      way: "grid",
      state: "open",
      label: null,
      seed: 1,
      order: "queue",
    });
    expect(parse("box=-1&sharpness=dull&resolution=300")).toMatchObject({ box: null, sharpness: null, resolution: null });
    expect(parse("glyph=g1")).toMatchObject({ way: "one", glyph: "g1" });
  });

  test("a class in the grid shows its odd ones first, unless another order was chosen", () => {
    expect(changeAddress(parse(""), { label: "3" }).order).toBe("odd");
    expect(changeAddress(parse("order=page"), { label: "3" }).order).toBe("page");
    expect(changeAddress(parse("label=3"), { label: null }).order).toBe("queue");
  });
});

describe("the characters that glyphs can be", () => {
  test("digits always, letters where a card asks for them, those of one's own card", () => {
    expect(findClasses([{ template: "digits", card: null }]).join("")).toBe("0123456789");
    expect(findClasses([{ template: "nist-hsf", card: null }])).toHaveLength(62);
    const card = encodeCardCode({
      template: "custom",
      paper: "a4",
      seed: 1,
      dropOut: "none",
      custom: { characters: "ab+é", repeats: 2, boxMm: 10 },
    });
    expect(findClasses([{ template: "custom", card }]).join("")).toBe("0123456789ab+é");
  });
});

describe("pace", () => {
  test("is that of the last three minutes", () => {
    expect(findRate([1000], 2000)).toBeNull();
    // 31 decisions in 60 s
    expect(
      findRate(
        Array.from({ length: 31 }, (_, i) => 400_000 + 2000 * i),
        460_000,
      ),
    ).toBeCloseTo(31);
    expect(findRate([0, 1000], 500_000)).toBeNull();
  });
});

describe("the grid's geometry", () => {
  // 34 px a cell at least: 10 columns in 360 px, of 36 px each, and rows of 36 + 22 px
  const geometry = layOut(95, 360, 1);

  test("rows and columns follow from width and zoom", () => {
    expect(geometry).toEqual({ columns: 10, rows: 10, side: 36, cell: 36, rowHeight: 58 });
    expect(layOut(95, 360, 2)).toEqual({ columns: 5, rows: 19, side: 36, cell: 72, rowHeight: 94 });
    expect(layOut(0, 360, 2).rows).toBe(0);
    expect(layOut(5, 10, 2).columns).toBe(1);
  });

  test("no column's width is left free, and a cell is whole multiples of a glyph's pixel", () => {
    // a phone of 375 px with 16 px of margin on both sides: five columns of 68 px, 3 px are left
    expect(layOut(95, 343, 2)).toMatchObject({ columns: 5, side: 34, cell: 68 });
    for (const zoom of [1, 2, 3]) {
      for (let width = 320; width < 1400; width++) {
        const { columns, cell, side } = layOut(95, width, zoom);
        expect(cell).toBe(side * zoom);
        expect(width - columns * cell).toBeGreaterThanOrEqual(0);
        expect(width - columns * cell).toBeLessThan(columns * zoom);
      }
    }
  });

  test("rows in sight, and those wholly in sight", () => {
    expect(findRows(geometry, -200, 100)).toEqual([0, 2]);
    expect(findRows(geometry, 59, 117)).toEqual([1, 3]);
    expect(findWholeRows(geometry, 61, 300)).toEqual([2, 5]);
    // Brought to the top, less what a browser rounds.
    expect(findWholeRows(geometry, 58.4, 300)).toEqual([1, 5]);
    expect(findWholeRows(geometry, 61, 62)).toEqual([2, 2]);
    expect(findRows(geometry, 5000, 6000)).toEqual([10, 10]);
  });

  test("arrows move the cursor and stop at the edges", () => {
    const move = (from: number, direction: "up" | "down" | "left" | "right") => moveCursor(95, 10, { from, direction });
    expect([move(0, "left"), move(0, "up"), move(0, "right"), move(0, "down")]).toEqual([0, 0, 1, 10]);
    expect([move(94, "right"), move(94, "down"), move(88, "down"), move(84, "down")]).toEqual([94, 94, 94, 94]);
    expect(moveCursor(0, 10, { from: 0, direction: "down" })).toBe(0);
  });
});
