import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBandKey, RESOLUTION_BANDS, SHARPNESS_BANDS } from "../../lib/contracts/page-bands.ts";
import { glyphQuerySchema } from "../../lib/contracts/review.ts";
import { nextSchema } from "../../lib/contracts/review-queue.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { mixInGold } from "../../lib/server/services/gold/mix-in-gold.ts";
import { putGold } from "../../lib/server/services/gold/put-gold.ts";
import { handOut } from "../../lib/server/services/review/hand-out.ts";
import { insertGlyphs, type TestGlyph } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

const digits = (count: number, more: Partial<TestGlyph> = {}): TestGlyph[] =>
  Array.from({ length: count }, (_, i) => ({ prompt: String(i % 10), ...more }));

describe.each(DATABASES)("a review of what a row of Quality names, on the %s database", (database) => {
  let runtime: TestRuntime;
  const pages = { phone: [] as string[], scanner: [] as string[], edges: [] as string[], unknown: [] as string[] };
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    pages.phone = await insertGlyphs(runtime, digits(12, { writer: "w1" }), { device: "Phone 1", dpi: 150, blurMm: 0.6 });
    pages.scanner = await insertGlyphs(runtime, digits(12), { device: "Scanner", dpi: 300, blurMm: 0.3, field: "r02" });
    // On the bands' limits, which belong to the band above.
    pages.edges = await insertGlyphs(runtime, digits(3), { device: "Scanner", dpi: 350, blurMm: 0.35, template: "letters" });
    pages.unknown = await insertGlyphs(runtime, digits(5), { field: "r03" });
  });
  afterAll(() => runtime.remove());

  // Functions: the table below is made before the glyphs are.
  const phone = (): string[] => pages.phone;
  const scanner = (): string[] => pages.scanner;
  const edges = (): string[] => pages.edges;
  const unknown = (): string[] => pages.unknown;

  it.each([
    ["a device", { device: "Scanner" }, () => [...scanner(), ...edges()]],
    ["no known device", { device: "unknown" }, unknown],
    ["a sharpness", { sharpness: "blurred" }, phone],
    ["a sharpness from its limit on", { sharpness: "soft" }, edges],
    ["the sharpest", { sharpness: "sharp" }, scanner],
    ["no known sharpness", { sharpness: "unknown" }, unknown],
    ["a resolution", { resolution: "usual" }, scanner],
    ["the highest resolution", { resolution: "high" }, edges],
    ["the lowest resolution", { resolution: "low" }, phone],
    ["a template", { template: "letters" }, edges],
    ["a field", { field: "r02" }, scanner],
    ["a box", { template: "digits", field: "r01", box: 3 }, () => [phone()[3]]],
    ["a box of any field", { box: 1 }, () => [phone()[1], scanner()[1], edges()[1], unknown()[1]]],
    ["several at once", { device: "Scanner", sharpness: "sharp", label: "7" }, () => [scanner()[7]]],
    ["nothing at all", { device: "Scanner", writer: "w2" }, () => []],
  ] as const)("lists the glyphs of %s, hands them out, and tells how many there are", async (_, filter, expected) => {
    const ids = [...expected()].sort();
    for (const order of ["queue", "odd"] as const) {
      const page = await listGlyphs(runtime, "test", glyphQuerySchema.parse({ ...filter, order }));
      expect(page.glyphs.map(({ id }) => id).sort()).toEqual(ids);
      expect(page.total).toBe(ids.length);
    }
    const tab = { reviewer: "anna", session: randomUUID() };
    const { items, left } = await handOut(runtime, "test", nextSchema.parse({ ...tab, filter }));
    expect(items.map(({ id }) => id).sort()).toEqual(ids);
    expect(left).toBe(ids.length);
    await runtime.database.client.reviewSession.deleteMany();
  });

  it("goes page by page through one filter without repeating or leaving out any", async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listGlyphs(runtime, "test", glyphQuerySchema.parse({ device: "Scanner", limit: 4, cursor }));
      seen.push(...page.glyphs.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...scanner(), ...edges()]);
  });

  it("mixes in gold items of the same filter alone", async () => {
    for (const glyphId of [phone()[0], scanner()[0]]) await putGold(runtime, "test", { glyphId, truth: "0", reviewer: "owner" });
    const { id: collectionId } = await runtime.database.client.collection.findFirstOrThrow();
    const rows = await runtime.database.client.glyph.findMany({ where: { id: scanner()[5] } });
    const mixed = async (filter: object): Promise<string[]> => {
      const mix = { ...nextSchema.parse({ session: randomUUID(), reviewer: "anna", filter }), collectionId, roll: () => 0 };
      const ordinary = rows.map((row) => ({ ...row, holder: "" }));
      return (await runtime.database.transaction((tx) => mixInGold(tx, ordinary, mix))).map(({ id }) => id);
    };
    expect(await mixed({ device: "Scanner", field: "r02", box: 0 })).toEqual([scanner()[0], scanner()[5]]);
    expect(await mixed({ device: "Phone 1", sharpness: "blurred" })).toEqual([phone()[0], scanner()[5]]);
    expect(await mixed({ device: "unknown" })).toEqual([scanner()[5]]);
    expect(await mixed({ device: "Scanner", box: 1 })).toEqual([scanner()[5]]);
  });

  it("finds a row's band by its name", () => {
    expect(findBandKey(SHARPNESS_BANDS, "soft: 0.35 to 0.55 mm")).toBe("soft");
    expect(findBandKey(RESOLUTION_BANDS, "about 300 dpi")).toBe("usual");
    expect(findBandKey(RESOLUTION_BANDS, "unknown")).toBe("unknown");
    expect(findBandKey(RESOLUTION_BANDS, "of an older program")).toBeUndefined();
  });
});
