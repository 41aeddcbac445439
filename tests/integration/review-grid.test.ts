import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { glyphQuerySchema } from "../../lib/contracts/review.ts";
import { gridQuerySchema } from "../../lib/contracts/review-grid.ts";
import { nextSchema } from "../../lib/contracts/review-queue.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { claimShown } from "../../lib/server/services/review/claim-shown.ts";
import { handOut } from "../../lib/server/services/review/hand-out.ts";
import { listGrid } from "../../lib/server/services/review/list-grid.ts";
import { releaseSession } from "../../lib/server/services/review/release-session.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

describe.each(DATABASES)("what a grid shows, on the %s database", (database) => {
  let runtime: TestRuntime;
  let ids: string[];
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    ids = await insertGlyphs(
      runtime,
      Array.from({ length: 9 }, (_, i) => ({ prompt: "3", prediction: i === 4 ? "8" : "3" })),
    );
  });
  afterAll(() => runtime.remove());

  it("is the list of glyphs as columns, piece by piece", async () => {
    const say = (glyphId: string, kind: "class" | "unusable" | "blank" | "flag", value: string | null) =>
      recordLabels(runtime, "test", { reviewer: "anna", labels: [{ clientId: randomUUID(), glyphId, kind, value }] });
    await say(ids[0], "class", "5");
    await say(ids[1], "unusable", null);
    await say(ids[2], "blank", null);
    await say(ids[3], "flag", "torn");
    const { glyphs } = await listGlyphs(runtime, "test", glyphQuerySchema.parse({ state: "all" }));
    const first = await listGrid(runtime, "test", gridQuerySchema.parse({ state: "all", limit: 5 }));
    const second = await listGrid(runtime, "test", gridQuerySchema.parse({ state: "all", limit: 5, cursor: first.nextCursor ?? "" }));
    expect([...first.ids, ...second.ids]).toEqual(glyphs.map(({ id }) => id));
    expect([first.total, second.total, second.nextCursor]).toEqual([9, 9, null]);
    const at = (id: string) => {
      const page = first.ids.includes(id) ? first : second;
      const i = page.ids.indexOf(id);
      return [page.labels[i], page.states[i], page.deciders[i], page.predictions[i], page.statuses[i], page.flags[id] ?? null];
    };
    expect(ids.slice(0, 5).map(at)).toEqual([
      ["5", "class", "anna", "3", "labelled", null],
      [null, "unusable", "anna", "3", "labelled", null],
      [null, "blank", "anna", "3", "labelled", null],
      ["3", "open", null, "3", "labelled", "torn"],
      ["3", "open", null, "8", "mismatch", null],
    ]);
  });

  it("is not handed out while it is shown, and what is handed out is told", async () => {
    const [anna, ben] = [randomUUID(), randomUUID()];
    const next = async (reviewer: string, session: string, count: number) =>
      (await handOut(runtime, "test", nextSchema.parse({ reviewer, session, count }))).items.map(({ id }) => id);
    const handed = await next("ben", ben, 2);
    expect(handed).toHaveLength(2);
    // ids[0] is decided: it is nobody's to hold
    const open = ids.slice(3);
    expect(await claimShown(runtime, "test", { reviewer: "anna", session: anna, glyphIds: [ids[0], ...open] })).toEqual([...handed].sort());
    expect(await next("ben", ben, 9)).toEqual(handed);
    // the same again changes nothing; released it may be handed out
    expect(await claimShown(runtime, "test", { reviewer: "anna", session: anna, glyphIds: open })).toEqual([...handed].sort());
    await releaseSession(runtime.database.client, "test", anna);
    expect([...(await next("ben", ben, 9))].sort()).toEqual([...open].sort());
    expect(await claimShown(runtime, "test", { reviewer: "anna", session: anna, glyphIds: open })).toEqual([...open].sort());
  });
});
