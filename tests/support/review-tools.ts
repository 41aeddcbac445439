import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { GlyphDetail, GlyphView, RecordLabels } from "../../lib/contracts/review.ts";
import { type NextItems, nextSchema } from "../../lib/contracts/review-queue.ts";
import type { Runtime } from "../../lib/server/runtime.ts";
import { getGlyph } from "../../lib/server/services/glyphs/get-glyph.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { handOut } from "../../lib/server/services/review/hand-out.ts";
import type { TestGlyph } from "./insert-glyphs.ts";
import { openTestRuntime, type TestRuntime } from "./open-test-runtime.ts";

/** A runtime for a file's tests, before each of which no scan, session or pace is there. */
export function openForReview(database: "embedded" | "server", use: (runtime: TestRuntime) => void): void {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    use(runtime);
  }, 120_000);
  afterAll(() => runtime.remove());
  beforeEach(async () => {
    const { client } = runtime.database;
    await client.scan.deleteMany();
    await client.reviewSession.deleteMany();
    await client.pace.deleteMany();
  });
}

export type TestLabel = RecordLabels["labels"][number];

export interface Tab {
  readonly reviewer: string;
  readonly session: string;
}

export const openTab = (reviewer: string): Tab => ({ reviewer, session: randomUUID() });
export const idsOf = (glyphs: readonly { readonly id: string }[]): string[] => glyphs.map(({ id }) => id);
export const digits = (count: number): TestGlyph[] => Array.from({ length: count }, (_, i) => ({ prompt: String(i % 10) }));

export function say(glyphId: string, value: string, pass?: TestLabel["pass"]): TestLabel {
  return { clientId: randomUUID(), glyphId, kind: "class", value, pass };
}

export function undo({ clientId, glyphId }: TestLabel): TestLabel {
  return { clientId: randomUUID(), glyphId, kind: "retract", value: clientId };
}

interface Review {
  next(tab: Tab, more?: object): Promise<NextItems>;
  record(tab: Tab, labels: readonly TestLabel[]): Promise<GlyphView[]>;
  detail(id: string, blind?: boolean): Promise<GlyphDetail>;
}

/** What tabs ask of the collection "test". `runtime`: asked for at each call, since a test opens it later. */
export function reviewOf(runtime: () => Runtime): Review {
  return {
    next: (tab, more = {}) => handOut(runtime(), "test", nextSchema.parse({ ...tab, ...more })),
    record: (tab, labels) => recordLabels(runtime(), "test", { ...tab, labels: [...labels] }),
    detail: (id, blind = false) => getGlyph(runtime().database.client, id, { blind }),
  };
}
