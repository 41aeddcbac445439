import { describe, expect, test } from "vitest";
import { formatBytes, formatCount, formatDuration, formatErrorRate } from "../../../app/_components/format.ts";
import { findPlace } from "../../../app/_components/navigation.ts";
import { buildStations, findNextStep } from "../../../app/c/[slug]/_components/stations.ts";
import { buildPreview, buildRequest, type CardForm } from "../../../app/c/[slug]/cards/_components/build-request.ts";
import { findNeighbour, placeGlyphs } from "../../../app/c/[slug]/scans/[pageId]/_components/page-glyphs.ts";
import type { CollectionView } from "../../../lib/contracts/collections.ts";
import type { PageView } from "../../../lib/contracts/scans.ts";

const NOTHING: CollectionView["counts"] = {
  cards: 0,
  scans: 0,
  pagesRead: 0,
  pagesRejected: 0,
  pagesWaiting: 0,
  glyphs: 0,
  reviewed: 0,
  disagreeing: 0,
  unusable: 0,
  writers: 0,
  datasets: 0,
  runs: 0,
  runsDone: 0,
};

const collection = (counts: Partial<CollectionView["counts"]>): CollectionView => {
  return { slug: "mine", name: "Mine", createdAt: "2026-01-01T00:00:00Z", counts: { ...NOTHING, ...counts } };
};

describe("numbers", () => {
  test("an error rate stands with its interval", () => {
    expect(formatErrorRate({ errorRate: 0.0182, interval: [0.01573, 0.02098] })).toBe("1.82 % (1.57 to 2.10)");
  });

  test("counts group by a narrow space, durations and bytes take the unit that reads best", () => {
    expect(formatCount(4680)).toBe("4\u202f680");
    expect([3.4, 125, 3780].map((seconds) => formatDuration(seconds))).toEqual(["3 s", "2 min 5 s", "1 h 3 min"]);
    expect([840, 12_300, 1_230_000].map(formatBytes)).toEqual(["840 B", "12 kB", "1.2 MB"]);
  });
});

describe("navigation", () => {
  test.each([
    ["/", "home"],
    ["/c/mine", "home"],
    ["/c/mine/scans/p1", "scans"],
    ["/c/mine/runs/r1", "train"],
    ["/c/cards", "home"],
    ["/draw", "draw"],
    ["/elsewhere", null],
  ])("%s belongs to %s", (address, place) => {
    expect(findPlace(address)).toBe(place);
  });
});

describe("the next step", () => {
  test.each([
    [{}, "/c/mine/cards"],
    [{ cards: 3 }, "/c/mine/scans"],
    [{ cards: 3, pagesWaiting: 1, disagreeing: 9, glyphs: 90 }, "/c/mine/scans"],
    [{ pagesRead: 1, glyphs: 130, disagreeing: 2 }, "/c/mine/review"],
    [{ pagesRead: 1, glyphs: 130 }, "/c/mine/datasets"],
    [{ pagesRead: 1, glyphs: 130, datasets: 1 }, "/c/mine/train"],
    [{ pagesRead: 1, glyphs: 130, datasets: 1, runs: 1, runsDone: 1 }, "/c/mine/evaluate"],
  ])("%o leads to %s", (counts, address) => {
    expect(findNextStep(collection(counts)).address).toBe(address);
  });

  test("each station says what waits there", () => {
    const waits = buildStations(collection({ pagesRead: 4, pagesRejected: 2, disagreeing: 7, runs: 2, runsDone: 1 })).map((s) => s.waits);
    expect(waits).toEqual([null, "2 not read", null, "7 in doubt", null, "1 run not finished"]);
  });
});

describe("the card form", () => {
  const form: CardForm = {
    template: "custom",
    paper: "a4",
    copies: "2",
    seed: "1",
    dropOut: "none",
    consent: "",
    characters: "abc",
    repeats: "2",
    boxMm: "12",
  };

  test("a good form gives the request and its preview", () => {
    const built = buildRequest(form);
    if (!("request" in built)) throw new Error(JSON.stringify(built.problems));
    expect(built.request.custom).toEqual({ characters: "abc", repeats: 2, boxMm: 12 });
    expect(buildPreview(built.request, 1)).toMatchObject({ card: { seed: 2 } });
  });

  test.each([
    [{ copies: "0" }, "copies"],
    [{ seed: "1.5" }, "seed"],
    [{ boxMm: "5" }, "boxMm"],
    [{ characters: "" }, "characters"],
  ] as const)("%o is refused at its own field", (change, field) => {
    expect(buildRequest({ ...form, ...change })).toEqual({ problems: { [field]: expect.any(String) as string } });
  });

  test("what the card itself refuses is told at the field that causes it", () => {
    const spaces = buildRequest({ ...form, characters: "a b" });
    const consent = buildRequest({ ...form, consent: "\u4e00" });
    if (!("request" in spaces && "request" in consent)) throw new Error("the form should let both pass");
    expect(buildPreview(spaces.request, 0)).toEqual({ problems: { characters: expect.stringContaining("U+0020") as string } });
    expect(buildPreview(consent.request, 0)).toEqual({ problems: { consent: expect.any(String) as string } });
  });
});

describe("a page's boxes", () => {
  const glyph = (index: number, status: "labelled" | "mismatch" | "blank", x: number, y: number) => {
    return {
      id: `${x} ${y}`,
      index,
      bounds: [x, y, 10, 10] as [number, number, number, number],
      label: "1",
      status,
      reviewed: false,
      unusable: false,
      prediction: null,
      decidedBy: null,
      cut: false,
    };
  };
  const field = (name: string, glyphs: ReturnType<typeof glyph>[]): PageView["fields"][number] => {
    return { name, kind: "digits", prompt: "12", promptSource: "card", outline: [], boxOutlines: [], glyphs };
  };
  const placed = placeGlyphs({
    fields: [
      field("r01", [glyph(0, "labelled", 0, 0), glyph(1, "mismatch", 20, 0)]),
      field("r02", [glyph(0, "blank", 0, 20), glyph(1, "labelled", 20, 20)]),
    ],
  } as PageView);

  test("each has its state and its prompt", () => {
    expect(placed.map(({ state, prompt }) => `${prompt} ${state}`)).toEqual(["1 found", "2 doubt", "1 blank", "2 found"]);
  });

  test("the arrow keys move to the box above and below, and stay at the edge", () => {
    expect(findNeighbour(placed, 1, "down")).toBe(3);
    expect(findNeighbour(placed, 3, "up")).toBe(1);
    expect(findNeighbour(placed, 3, "down")).toBe(3);
  });
});
