import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { judgeQuality, judgeStrokes } from "../../../lib/page/judge-quality.ts";
import { nameBoxes } from "../../../lib/page/name-boxes.ts";
import type { PageQuality, QualityRegion } from "../../../lib/page/page-quality.ts";
import { restoreWriting } from "../../../lib/page/restore-writing.ts";

const page = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" }).pages[0];

/** A good page; `change` gives the regions (row, column) that differ. */
function quality(
  change: (row: number, column: number) => Partial<QualityRegion> = () => ({}),
  more: Partial<PageQuality> = {},
): PageQuality {
  const regions = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => ({ row, column, paper: 230, contrast: 0.9, noise: 0.005, blurMm: 0.2, ...change(row, column) })),
  );
  return { residualMm: 0.1, pxPerMm: 11.8, linesSeen: 1, blurMm: 0.2, saturated: 0, hidden: [], regions, ...more };
}

describe("judgeQuality", () => {
  it("lets a good page pass, and one with little light but no noise", () => {
    expect(judgeQuality(quality(), page)).toBeNull();
    expect(
      judgeQuality(
        quality(() => ({ paper: 30, noise: 0.03 })),
        page,
      ),
    ).toBeNull();
  });

  it("names what is wrong, where, and what to do", () => {
    const at =
      (bad: Partial<QualityRegion>, ...places: readonly (readonly [number, number])[]) =>
      (row: number, column: number) =>
        places.some(([r, c]) => r === row && c === column) ? bad : {};
    expect(judgeQuality(quality(at({ paper: 20, noise: 0.12 }, [2, 0])), page)?.message).toMatch(
      /too dark in the lower left.*move the lamp/,
    );
    expect(judgeQuality(quality(at({ blurMm: 1.1 }, [0, 2], [1, 2])), page)?.message).toMatch(/blurred in the upper right and right.*hold/);
    expect(
      judgeQuality(
        quality(() => ({ blurMm: 1.1 })),
        page,
      )?.message,
    ).toMatch(/blurred all over the card \(.*1\.1 mm/);
    expect(
      judgeQuality(
        quality(() => ({ noise: 0.12 })),
        page,
      )?.message,
    ).toMatch(/too grainy/);
  });

  it("refuses a page of which an eighth of the boxes is covered or two fifths lie in a reflection, and names them", () => {
    const hide = (rows: number, by: "reflection" | "cover"): Partial<PageQuality> => ({
      hidden: page.fields.slice(1, 1 + rows).flatMap((field) => field.boxes.map((_, index) => ({ field: field.name, index, by }))),
    });
    expect(judgeQuality(quality(undefined, hide(1, "cover")), page)).toBeNull();
    expect(judgeQuality(quality(undefined, hide(5, "reflection")), page)).toBeNull();
    expect(judgeQuality(quality(undefined, hide(6, "reflection")), page)?.message).toMatch(/^A reflection hides boxes 1 to 15 of row 1, /);
    expect(judgeQuality(quality(undefined, hide(3, "cover")), page)?.message).toMatch(/^Something covers/);
  });
});

describe("nameBoxes", () => {
  it("counts as a person does on the paper", () => {
    const boxes = (field: string, ...indices: number[]) => indices.map((index) => ({ field, index }));
    expect(nameBoxes(boxes("r03", 16), page)).toBe("box 17 of row 3");
    expect(nameBoxes(boxes("r02", 3, 4, 5, 6, 7, 8), page)).toBe("boxes 4 to 9 of row 2");
    expect(nameBoxes([...boxes("u01", 0, 4), { field: "f07", index: null }], page)).toBe(
      "boxes 1 and 5 of row 1 of the capital letters and field 7",
    );
    expect(
      nameBoxes(
        ["r01", "r02", "r03", "r04"].flatMap((row) => boxes(row, 0)),
        page,
      ),
    ).toBe("box 1 of row 1, box 1 of row 2, box 1 of row 3 and 1 more");
  });
});

describe("restoreWriting", () => {
  const [width, height] = [60, 40];
  const step: GrayImage = { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => (i % width < 30 ? 60 : 200)) };
  const spread = (image: GrayImage): number => Math.max(...image.data) - Math.min(...image.data);

  it("leaves a good page alone, sharpens a blurred one, smooths a noisy one", () => {
    expect(restoreWriting(step, quality())).toBe(step);
    expect(spread(restoreWriting(step, quality(undefined, { blurMm: 0.6 })))).toBeGreaterThan(spread(step));
    const noisy: GrayImage = { ...step, data: step.data.map((value, i) => value + (((i * 7919) % 13) - 6)) };
    expect(
      spread(
        restoreWriting(
          noisy,
          quality(() => ({ noise: 0.05 })),
        ),
      ),
    ).toBeLessThan(spread(noisy));
  });
});

describe("judgeStrokes", () => {
  it("refuses writing that fell apart into dots, with what to do, and not what is ragged", () => {
    expect(judgeStrokes(0.07)).toBeNull();
    expect(judgeStrokes(0.69)?.code).toBe("low-quality");
    expect(judgeStrokes(0.69)?.message).toMatch(/dots.*scan the page in grey/);
  });
});
