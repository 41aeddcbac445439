import { describe, expect, it } from "vitest";
import { listChanges } from "../../../app/c/[slug]/train/_components/settings/list-changes.ts";
import { SETTING_NAMES } from "../../../app/c/[slug]/train/_components/settings/setting-names.ts";
import { readAt, writeAt } from "../../../app/c/[slug]/train/_components/settings/setting-paths.ts";
import { trainSettingsSchema } from "../../../lib/contracts/runs.ts";

/** Paths of all that is no object, such as "optimizer.momentum". */
function listPaths(value: unknown, before: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [before.join(".")];
  return Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...before, key]));
}

describe("the names of a training's settings", () => {
  it("are there for every setting the schema knows, whatever the choices", () => {
    const choices = [
      { maxSeconds: 5 },
      { optimizer: { kind: "adam" }, schedule: { kind: "step" }, averaging: {} },
      { schedule: { kind: "constant" } },
    ];
    const paths = new Set(choices.flatMap((choice) => listPaths(trainSettingsSchema.parse(choice))));
    expect([...paths].filter((path) => !(path in SETTING_NAMES))).toEqual([]);
  });
});

describe("listChanges", () => {
  const list = (settings: object): string[] =>
    listChanges(trainSettingsSchema.parse(settings)).map(({ path, value }) => `${path} ${value}`);

  it("is empty for the usual settings", () => expect(list({})).toEqual([]));
  it("has what differs, in the form's order", () => {
    expect(list({ seed: 7, hidden: [30, 20], augment: "none", averaging: {} })).toEqual([
      "hidden 30, 20",
      "augment none",
      "averaging yes",
      "seed 7",
    ]);
  });
  it("compares what belongs to a choice with that choice's own usual", () => {
    expect(list({ optimizer: { kind: "adam" } })).toEqual(["optimizer.kind adam"]);
    expect(list({ optimizer: { kind: "adam", beta1: 0.8 } })).toEqual(["optimizer.kind adam", "optimizer.beta1 0.8"]);
  });
});

describe("writeAt", () => {
  it("leaves all beside the path, and what it came from, as they were", () => {
    const draft = { optimizer: { kind: "sgd", nesterov: true }, seed: 1 };
    expect(writeAt(draft, "optimizer.momentum", 0.5)).toEqual({ optimizer: { kind: "sgd", nesterov: true, momentum: 0.5 }, seed: 1 });
    expect(draft).toEqual({ optimizer: { kind: "sgd", nesterov: true }, seed: 1 });
  });
  it("makes what is missing on the way, and readAt finds it", () => {
    const draft = writeAt({ averaging: null }, "averaging.decay", 0.9);
    expect(readAt(draft, "averaging.decay")).toBe(0.9);
    expect(readAt(draft, "optimizer.momentum")).toBeUndefined();
  });
});
