import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveState } from "../../../lib/label/current-label.ts";
import { dropOthersDecisions } from "../../../lib/label/drop-others-decisions.ts";
import type { LabelEvent } from "../../../lib/label/label-event.ts";

const prompt = (value: string): LabelEvent => ({ source: "prompt", kind: "class", value, by: "card", clientId: null });
const model = (value: string): LabelEvent => ({ source: "model", kind: "class", value, by: "starter", clientId: null });
const person = (clientId: string, value: string, more: Partial<LabelEvent> = {}): LabelEvent => ({
  ...{ source: "person", kind: "class", value, by: "me", clientId },
  ...more,
});
const unusable = (clientId: string): LabelEvent => person(clientId, "", { kind: "unusable", value: null });
const retract = (clientId: string, value: string): LabelEvent => person(clientId, value, { kind: "retract" });

describe("deriveState", () => {
  it("says nothing of a glyph without labels", () => {
    expect(deriveState([])).toEqual({
      ...{ label: null, source: null, reviewed: false, unusable: false, disagrees: false },
      ...{ conflict: false, flag: null, decidedBy: null, soleDecider: null },
    });
  });

  it("takes the prompt, and marks what the model reads otherwise", () => {
    expect(deriveState([prompt("3"), model("3")])).toMatchObject({
      label: "3",
      source: "prompt",
      reviewed: false,
      unusable: false,
      disagrees: false,
    });
    expect(deriveState([prompt("3"), model("8")])).toMatchObject({ label: "3", source: "prompt", disagrees: true });
    expect(deriveState([prompt("3"), model("8"), model("3")]).disagrees).toBe(false);
  });

  it("marks an unsure cut, and a glyph that only the model names", () => {
    expect(deriveState([prompt("3"), model("3")], { unsure: true }).disagrees).toBe(true);
    expect(deriveState([model("3")])).toMatchObject({ label: null, source: null, disagrees: true });
  });

  it("prefers the prompt to its OCR reading, and takes that where there is no other", () => {
    const ocr: LabelEvent = { source: "ocr", kind: "class", value: "1", by: "tesseract", clientId: null };
    expect(deriveState([ocr])).toMatchObject({ label: "1", source: "ocr" });
    expect(deriveState([prompt("7"), ocr])).toMatchObject({ label: "7", source: "prompt" });
  });

  it("lets the latest person decide", () => {
    expect(deriveState([prompt("3"), model("8"), person("a", "8")])).toMatchObject({
      label: "8",
      source: "person",
      reviewed: true,
      unusable: false,
      disagrees: false,
    });
    expect(deriveState([prompt("3"), person("a", "8"), person("b", "5")]).label).toBe("5");
    expect(deriveState([prompt("3"), person("a", "8"), unusable("b")])).toMatchObject({ label: null, unusable: true, reviewed: true });
  });

  it("undoes by a retract and redoes by retracting the retract", () => {
    const labels = [prompt("3"), person("a", "8"), person("b", "5")];
    expect(deriveState([...labels, retract("c", "b")]).label).toBe("8");
    expect(deriveState([...labels, retract("c", "b"), retract("d", "a")])).toMatchObject({ label: "3", reviewed: false });
    expect(deriveState([...labels, retract("c", "b"), retract("d", "c")]).label).toBe("5");
  });

  it("takes a label back that arrives after its retract", () => {
    expect(deriveState([prompt("3"), retract("c", "a"), person("a", "8")])).toMatchObject({ label: "3", reviewed: false });
  });

  it("ignores a retract of something unknown and a pair that would take each other back", () => {
    expect(deriveState([prompt("3"), person("a", "8"), retract("c", "zzz")]).label).toBe("8");
    expect(() => deriveState([retract("x", "y"), retract("y", "x")])).not.toThrow();
  });

  it("takes nothing written for a decision without a class", () => {
    const blank = person("a", "", { kind: "blank", value: null });
    expect(deriveState([prompt("3"), blank])).toMatchObject({
      label: null,
      source: "person",
      reviewed: true,
      unusable: false,
      conflict: false,
    });
    expect(deriveState([prompt("3"), blank, { ...unusable("b"), by: "ben" }]).conflict).toBe(true);
  });

  it("sees that people differ, and who alone has decided", () => {
    const ann = person("a", "8", { by: "ann" });
    const ben = person("b", "5", { by: "ben", pass: "second" });
    expect(deriveState([prompt("3"), ann])).toMatchObject({ conflict: false, decidedBy: "ann", soleDecider: "ann" });
    expect(deriveState([prompt("3"), ann, ben])).toMatchObject({ label: "5", conflict: true, decidedBy: "ben", soleDecider: null });
    expect(deriveState([ann, ben, { ...ben, value: "8", clientId: "c" }])).toMatchObject({
      label: "8",
      conflict: false,
      soleDecider: null,
    });
    expect(deriveState([ann, { ...ann, value: "5", clientId: "c" }])).toMatchObject({ label: "5", conflict: false, soleDecider: "ann" });
    expect(deriveState([ann, ben, retract("r", "b")])).toMatchObject({ label: "8", conflict: false, soleDecider: "ann" });
  });

  it("lets an adjudication decide until it is taken back, and hears who comes after it", () => {
    const ann = person("a", "8", { by: "ann" });
    const ben = person("b", "5", { by: "ben" });
    const cleo = person("c", "6", { by: "cleo", pass: "adjudication" });
    expect(deriveState([ann, ben, cleo])).toMatchObject({ label: "6", conflict: false, decidedBy: "cleo", soleDecider: null });
    expect(deriveState([ann, ben, cleo, retract("r", "c")])).toMatchObject({ label: "5", conflict: true });
    expect(deriveState([ann, cleo, ben])).toMatchObject({ label: "6", conflict: true, decidedBy: "cleo" });
    expect(deriveState([ann, cleo, { ...ben, value: "6" }])).toMatchObject({ label: "6", conflict: false });
    // She changes her own mind.
    expect(deriveState([ann, ben, cleo, person("d", "5", { by: "cleo" })])).toMatchObject({
      label: "5",
      conflict: false,
      decidedBy: "cleo",
    });
    expect(deriveState([ann, { ...cleo, clientId: "e", by: "ben" }])).toMatchObject({ label: "6", soleDecider: null });
  });

  it("leaves answers to gold items out", () => {
    const gold = person("g", "8", { by: "ann", pass: "gold" });
    expect(deriveState([prompt("3"), model("3"), gold])).toEqual(deriveState([prompt("3"), model("3")]));
    expect(deriveState([person("a", "5", { by: "ben" }), gold])).toMatchObject({ label: "5", conflict: false, soleDecider: "ben" });
  });

  it("raises and lowers a flag, which decides nothing", () => {
    const flag = person("f", "torn?", { kind: "flag" });
    expect(deriveState([prompt("3"), flag])).toMatchObject({ label: "3", reviewed: false, flag: "torn?" });
    expect(deriveState([flag, person("u", "", { kind: "unflag", value: null })]).flag).toBeNull();
    expect(deriveState([flag, retract("r", "f")]).flag).toBeNull();
    expect(deriveState([flag, retract("r", "f"), retract("s", "r"), person("a", "8")])).toMatchObject({ flag: "torn?", label: "8" });
  });
});

describe("dropOthersDecisions", () => {
  it("shows a glyph as if nobody had decided, or as its reviewer alone has", () => {
    const labels = [prompt("3"), model("8"), person("a", "5", { by: "ann" }), person("f", "?", { by: "ann", kind: "flag" })];
    expect(deriveState(dropOthersDecisions(labels, null))).toMatchObject({
      label: "3",
      reviewed: false,
      disagrees: true,
      decidedBy: null,
      flag: "?",
    });
    const answered = [...labels, person("b", "6", { by: "ben", pass: "gold" })];
    expect(deriveState(dropOthersDecisions(answered, "ben"))).toMatchObject({
      label: "6",
      reviewed: true,
      decidedBy: "ben",
      conflict: false,
    });
    const lowered = [...answered, retract("r", "f")].map((l) => (l.clientId === "r" ? { ...l, by: "cleo" } : l));
    expect(deriveState(dropOthersDecisions(lowered, "ben")).flag).toBeNull();
  });
});

/** A history as the server can hold it: machines, people, and retracts of anything by its clientId. */
const history = fc
  .array(
    fc.record({
      what: fc.constantFrom("prompt", "ocr", "model", "class", "unusable", "retract", "blank", "flag", "unflag"),
      by: fc.constantFrom("ann", "ben", "cleo"),
      pass: fc.constantFrom("first", "second", "adjudication", "gold"),
      value: fc.constantFrom("0", "1", "7"),
      target: fc.nat({ max: 20 }),
    }),
    { maxLength: 20 },
  )
  .map((steps) =>
    steps.map((s, i): LabelEvent => {
      if (s.what === "prompt" || s.what === "ocr" || s.what === "model")
        return { source: s.what, kind: "class", value: s.value, by: s.what, clientId: null };
      const { what: kind, by, pass } = s;
      const value = kind === "retract" ? `c${s.target}` : kind === "class" || kind === "flag" ? s.value : null;
      return { source: "person", kind, value, by, pass, clientId: `c${i}` };
    }),
  );
const decision = fc.constantFrom(person("new", "4"), unusable("new"));

describe("deriveState, for any history", () => {
  it("restores the earlier state exactly on undo, also of several in any order", () => {
    fc.assert(
      fc.property(history, decision, fc.boolean(), (labels, next, unsure) => {
        const before = deriveState(labels, { unsure });
        expect(deriveState([...labels, next, retract("undo", "new")], { unsure })).toEqual(before);
        const second = person("second", "9");
        const undone = [...labels, next, second, retract("u1", "new"), retract("u2", "second")];
        expect(deriveState(undone, { unsure })).toEqual(before);
        expect(deriveState([...labels, next, second, retract("u2", "second"), retract("u1", "new")], { unsure })).toEqual(before);
      }),
    );
  });

  it("restores the later state exactly on redo", () => {
    fc.assert(
      fc.property(history, decision, (labels, next) => {
        const after = deriveState([...labels, next]);
        expect(deriveState([...labels, next, retract("undo", "new"), retract("redo", "undo")])).toEqual(after);
      }),
    );
  });

  it("does not change when anything with a clientId is sent again", () => {
    fc.assert(
      fc.property(history, fc.nat(), (labels, pick) => {
        const sent = labels.filter((l) => l.clientId !== null);
        fc.pre(sent.length > 0);
        expect(deriveState([...labels, sent[pick % sent.length]])).toEqual(deriveState(labels));
        expect(deriveState([...labels, ...sent])).toEqual(deriveState(labels));
      }),
    );
  });

  it("does not care where the machines' labels stand among people's", () => {
    fc.assert(
      fc.property(history, (labels) => {
        const machines = labels.filter((l) => l.source !== "person");
        const people = labels.filter((l) => l.source === "person");
        expect(deriveState([...machines, ...people])).toEqual(deriveState(labels));
        expect(deriveState([...people, ...machines])).toEqual(deriveState(labels));
      }),
    );
  });

  it("keeps what is reviewed, unusable and disagreeing apart", () => {
    fc.assert(
      fc.property(history, fc.boolean(), (labels, unsure) => {
        const state = deriveState(labels, { unsure });
        expect(state.reviewed).toBe(state.source === "person");
        if (state.unusable) expect(state).toMatchObject({ reviewed: true, label: null });
        if (state.disagrees) expect(state.reviewed).toBe(false);
      }),
    );
  });
});
