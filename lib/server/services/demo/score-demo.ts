import type { Runtime } from "../../runtime.ts";
import type { WrittenField } from "../../threads/simulate.worker.ts";

/** The demo's labels against what the simulated pen really wrote. */
export interface DemoScore {
  readonly pages: number;
  readonly read: number;
  /** Boxes that asked for a character. */
  readonly boxes: number;
  /** Glyphs found: boxes that are not blank. */
  readonly glyphs: number;
  /** Boxes in which ink was found exactly where some was written. */
  readonly found: number;
  /** Boxes whose label is what was written, blank ones included; as a share of `boxes`. */
  readonly correct: number;
  /** Where another character than the prompt was written: how many, and how many of these the review puts first. */
  readonly miswritten: { readonly count: number; readonly flagged: number };
  /** Confirmed by the demo's reviewer: how many, and how many of these wrongly. */
  readonly confirmed: { readonly count: number; readonly wrong: number };
  /** What waits for a person. */
  readonly disagreeing: number;
}

/** @param truth what was written, by the file's name */
export async function scoreDemo(
  runtime: Runtime,
  collectionId: string,
  truth: ReadonlyMap<string, readonly WrittenField[]>,
): Promise<DemoScore> {
  const pages = await runtime.database.client.page.findMany({
    where: { collectionId },
    select: {
      state: true,
      scan: { select: { fileName: true } },
      glyphs: { select: { field: true, index: true, prompt: true, label: true, status: true, reviewed: true, disagrees: true } },
    },
  });
  const seen = new Map(
    pages.flatMap((page) => page.glyphs.map((glyph) => [`${page.scan.fileName} ${glyph.field} ${glyph.index}`, glyph] as const)),
  );
  const score = {
    boxes: 0,
    glyphs: 0,
    found: 0,
    right: 0,
    miswritten: { count: 0, flagged: 0 },
    confirmed: { count: 0, wrong: 0 },
    disagreeing: 0,
  };
  for (const [fileName, fields] of truth) {
    for (const { name, written, prompt } of fields) {
      written.forEach((character, index) => {
        score.boxes++;
        const glyph = seen.get(`${fileName} ${name} ${index}`);
        if (glyph === undefined) return;
        const blank = glyph.status === "blank";
        if (!blank) score.glyphs++;
        if (blank === (character === null)) score.found++;
        if ((blank ? null : glyph.label) === character) score.right++;
        if (character !== null && character !== prompt[index]) {
          score.miswritten.count++;
          if (glyph.disagrees) score.miswritten.flagged++;
        }
        if (glyph.reviewed) {
          score.confirmed.count++;
          if (glyph.label !== character) score.confirmed.wrong++;
        }
        if (glyph.disagrees && !blank) score.disagreeing++;
      });
    }
  }
  const { right, ...rest } = score;
  return {
    pages: pages.length,
    read: pages.filter((page) => page.state === "read").length,
    ...rest,
    correct: right / Math.max(1, score.boxes),
  };
}
