import { describe, expect, test } from "vitest";
import { LabelHistory, type Step } from "../../../../app/c/[slug]/review/_components/desk/label-history.ts";
import { frameGlyph } from "../../../../app/c/[slug]/review/_components/one/frame-glyph.ts";
import { listEvidence } from "../../../../app/c/[slug]/review/_components/one/list-evidence.ts";
import type { Portion } from "../../../../app/c/[slug]/review/_components/one/queue-source.ts";
import { ReviewQueue } from "../../../../app/c/[slug]/review/_components/one/review-queue.ts";
import { speakEstimate } from "../../../../app/c/[slug]/review/_components/one/speak-estimate.ts";
import type { GlyphDetail, GlyphView } from "../../../../lib/contracts/review.ts";
import type { PageView } from "../../../../lib/contracts/scans.ts";

/** A store that takes so many characters, as a browser's does. */
function openStore(room = Number.POSITIVE_INFINITY): Pick<Storage, "getItem" | "setItem"> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      values.set(key, value);
    },
  };
}

const step = (name: string, decisions = 1): Step =>
  Array.from({ length: decisions }, (_, i) => ({
    glyphId: `${name}${i}`,
    clientId: `${name}-${i}`,
    kind: "class" as const,
    value: "7",
    pass: "first" as const,
    before: { label: "1", reviewed: false, unusable: false, flag: null, decidedBy: null },
  }));

describe("steps to take back", () => {
  test("outlast a reload, in their order, and are those of one person", () => {
    const store = openStore();
    const before = new LabelHistory(store, "anna");
    before.push(step("a"));
    before.push(step("b"));
    const after = new LabelHistory(store, "anna");
    expect(after.takeBack()?.[0].glyphId).toBe("b0");
    // the other tab, still open, goes on from there
    expect(before.takeBack()?.[0].glyphId).toBe("a0");
    expect([before.canUndo, before.takeBack(), before.canRedo]).toEqual([false, null, true]);
    const renewed = after.doAgain((old) => old.map((decision) => ({ ...decision, clientId: "new" })));
    expect([renewed?.[0].glyphId, before.takeBack()?.[0].clientId]).toEqual(["a0", "new"]);
    expect(new LabelHistory(store, "ben").canRedo).toBe(false);
  });

  test("a new step ends what could be done again", () => {
    const history = new LabelHistory(openStore(), "anna");
    history.push(step("a"));
    history.takeBack();
    history.push(step("b"));
    expect([history.canRedo, history.takeBack()?.[0].glyphId]).toEqual([false, "b0"]);
  });

  test("the oldest are forgotten where there is no room, the newest is not", () => {
    const long = new LabelHistory(openStore(), "anna");
    for (const name of ["a", "b", "c"]) long.push(step(name, 2400));
    expect([long.takeBack()?.length, long.takeBack()?.[0].glyphId, long.takeBack()]).toEqual([2400, "b0", null]);
    const tight = new LabelHistory(openStore(800), "anna");
    for (let i = 0; i < 20; i++) tight.push(step(`s${i}-`));
    expect(tight.takeBack()?.[0].glyphId).toBe("s19-0");
  });

  test("are known to the tab where nothing can be kept at all, and no decision fails for it", () => {
    const history = new LabelHistory(openStore(0), "anna");
    history.push(step("a"));
    history.push(step("b"));
    expect([history.takeBack()?.[0].glyphId, history.canRedo, history.takeBack()?.[0].glyphId, history.canUndo]).toEqual([
      "b0",
      true,
      "a0",
      false,
    ]);
  });

  test("what another program left there counts as nothing", () => {
    const store = openStore();
    store.setItem("anna", '{"done":[[{"glyphId":1}]]}');
    expect(new LabelHistory(store, "anna").canUndo).toBe(false);
  });
});

const glyph = (id: string): GlyphView => ({
  id,
  pageId: "p",
  field: "f",
  index: 0,
  prompt: "7",
  label: "7",
  labelSource: "prompt",
  status: "labelled",
  reviewed: false,
  unusable: false,
  conflict: false,
  flag: null,
  decidedBy: null,
  prediction: null,
  writer: "w",
  fused: null,
});

/** A queue over portions that come in this order; `held` collects what it says to hold. */
async function openQueue(portions: readonly (readonly string[])[], left: number) {
  const rest = [...portions];
  const held: number[] = [];
  const queue = new ReviewQueue(
    {
      handedOut: true,
      pass: "first",
      blind: true,
      load: async (holds): Promise<Portion> => {
        held.push(holds);
        const ids = rest.shift() ?? [];
        return { glyphs: ids.map(glyph), left, more: rest.length > 0 };
      },
    },
    { onLoaded: () => {}, isDecided: ({ id }) => id === "pending", onChange: () => {} },
  );
  queue.start();
  await settled();
  return { queue, held };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("one by one", () => {
  test("decides forward, skips, goes back, and knows what is left", async () => {
    const { queue } = await openQueue([["a", "b", "c"]], 3);
    expect([queue.current?.id, queue.left]).toEqual(["a", 3]);
    queue.settle();
    expect([queue.current?.id, queue.left]).toEqual(["b", 2]);
    queue.move(1);
    queue.settle();
    expect([queue.ended, queue.left, queue.skipped]).toEqual([true, 1, 1]);
    queue.goToSkipped();
    expect(queue.current?.id).toBe("b");
    expect([queue.move(-1), queue.move(-1), queue.current?.id]).toEqual([true, false, "a"]);
    // deciding again on what is decided leaves what is left as it is
    queue.settle();
    expect(queue.left).toBe(1);
    // an undo goes back, a redo forth
    expect([queue.goTo("c", { decided: false }), queue.left, queue.current?.id]).toEqual([true, 2, "c"]);
    expect([queue.goTo("c", { decided: true }), queue.left, queue.goTo("x", { decided: true })]).toEqual([true, 1, false]);
  });

  test("what is handed out again is not shown twice, and is said to be held", async () => {
    const { queue, held } = await openQueue([["a", "b"], ["a", "b", "pending", "c"], ["c"]], 3);
    await settled();
    expect(queue.ahead(9).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(held).toEqual([0, 2, 3]);
  });
});

describe("what speaks for a class", () => {
  test("is listed by class, the likeliest first; people only with the detail", () => {
    const view = { prompt: "7", prediction: { label: "1", probability: 0.8 }, fused: { label: "7", probability: 0.97, doubt: 0.03 } };
    const decisions = [{ by: "anna", kind: "unusable", value: null, at: "" }];
    const detail = { decisions, posterior: null, suspectLabel: null } as unknown as GlyphDetail;
    expect(listEvidence(view, detail)).toEqual([
      { value: "7", estimate: 0.97, model: null, by: ["prompt"] },
      { value: "unusable", estimate: null, model: null, by: ["anna"] },
      { value: "1", estimate: null, model: 0.8, by: [] },
    ]);
    expect(listEvidence(view, null)).toHaveLength(2);
  });

  test("is the whole posterior with the detail, and what networks think that never saw the writer", () => {
    const view = { prompt: "3", prediction: { label: "8", probability: 0.9 }, fused: { label: "3", probability: 0.71, doubt: 0.29 } };
    const posterior = {
      classes: [
        { label: "3", probability: 0.712 },
        { label: "8", probability: 0.281 },
        { label: "unusable", probability: 0.004 },
      ],
      rest: 0.003,
    };
    const evidence = listEvidence(view, { decisions: [], posterior, suspectLabel: "8" } as unknown as GlyphDetail);
    expect(evidence).toEqual([
      { value: "3", estimate: 0.712, model: null, by: ["prompt"] },
      { value: "8", estimate: 0.281, model: 0.9, by: ["networks that never saw this writer"] },
      { value: "unusable", estimate: 0.004, model: null, by: [] },
    ]);
    expect(speakEstimate(evidence)).toBe("Estimate: 3 71.2 %, 8 28.1 %");
    expect(speakEstimate(listEvidence({ ...view, fused: null }, null))).toBe("");
  });
});

describe("the page around a glyph", () => {
  const page = {
    fileName: "a.jpg",
    number: 2,
    widthPx: 1000,
    heightPx: 2000,
    fields: [
      {
        name: "r01",
        outline: [
          [100, 200],
          [300, 200],
          [300, 260],
          [100, 260],
        ],
        glyphs: [{ id: "g", index: 3, bounds: [180, 205, 20, 40] }],
      },
    ],
  } as unknown as PageView;

  test("is its field with space around it, its aspect that of the strip", () => {
    const framed = frameGlyph(page, "g", false);
    expect(framed?.words).toBe("a.jpg, page 2, field r01, place 4");
    const [x, y, width, height] = framed?.view ?? [0, 0, 0, 0];
    // 60 px high and a quarter of that above and below
    expect([height, width / height]).toEqual([90, 4.5]);
    // the field's middle is at 200: so wide a strip around it would begin 2.5 px left of the page
    expect([x, y + height / 2]).toEqual([0, 230]);
  });

  test("or the whole page; and nothing where the page no longer has it", () => {
    expect(frameGlyph(page, "g", true)?.view).toEqual([0, 0, 1000, 2000]);
    expect(frameGlyph(page, "h", false)).toBeNull();
  });
});
