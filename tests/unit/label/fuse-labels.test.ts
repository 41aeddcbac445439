import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { fuseLabels } from "../../../lib/label/fusion/fuse-labels.ts";
import type { FusionInput, PromptedField } from "../../../lib/label/fusion/fusion-input.ts";

type VoteRow = readonly [item: number, source: number, value: number];

function input(items: number, classes: number, rows: readonly VoteRow[], more: Partial<FusionInput> = {}): FusionInput {
  const sources = Array.from({ length: Math.max(0, ...rows.map(([, source]) => source + 1)) }, (_, s) => ({
    name: `s${s}`,
    group: `s${s}`,
  }));
  const votes = {
    item: Int32Array.from(rows, ([item]) => item),
    source: Uint16Array.from(rows, ([, source]) => source),
    value: Uint8Array.from(rows, ([, , value]) => value),
  };
  return { items, classes, sources, votes, fields: [], ...more };
}

function field(prompt: readonly number[], items: readonly number[]): PromptedField {
  return { prompt: Uint8Array.from(prompt), items: Int32Array.from(items) };
}

describe("fuseLabels", () => {
  it("does one round as by hand", () => {
    // Two classes; prior matrices (8 right, 2 wrong of 10 pseudo-votes) and pi = (1/2, 1/2). Glyph 0: A says 0, B says 0; glyph 1: A 0, B 1.
    const rows: VoteRow[] = [
      [0, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
      [1, 1, 1],
    ];
    const once = fuseLabels(input(2, 2, rows), { pseudoAccuracy: 0.8, maxRounds: 1 });
    // 0.8 * 0.8 against 0.2 * 0.2; 0.8 * 0.2 against 0.2 * 0.8.
    const expected = [0.64 / 0.68, 0.04 / 0.68, 0.5, 0.5];
    for (const [k, p] of once.posterior.entries()) expect(p).toBeCloseTo(expected[k], 12);
    expect(once.converged).toBe(false);

    // Expected counts of class 0: a = 16/17 + 1/2. pi(0) = (1 + a) / 4. A said 0 both times: theta_A(0, 0) = (8 + a) / (10 + a),
    // theta_A(1, 0) = (2 + b) / (10 + b) with b = 2 - a; theta_B(0, 0) = (8 + 16/17) / (10 + a), theta_B(1, 0) = (2 + 1/17) / (10 + b).
    const a = 16 / 17 + 0.5;
    const b = 2 - a;
    const pi = [(1 + a) / 4, (1 + b) / 4];
    const A0 = [(8 + a) / (10 + a), (2 + b) / (10 + b)];
    const B0 = [(8 + 16 / 17) / (10 + a), (2 + 1 / 17) / (10 + b)];
    const glyph0 = [pi[0] * A0[0] * B0[0], pi[1] * A0[1] * B0[1]];
    const twice = fuseLabels(input(2, 2, rows), { pseudoAccuracy: 0.8, maxRounds: 2 });
    expect(twice.posterior[0]).toBeCloseTo(glyph0[0] / (glyph0[0] + glyph0[1]), 12);
    expect(twice.confusions[0][0]).toBeCloseTo(A0[0], 12);
    expect(twice.confusions[1][2]).toBeCloseTo(B0[1], 12);
  });

  it("gives a glyph without votes the classes' frequencies", () => {
    const { posterior, classes } = fuseLabels(
      input(4, 2, [
        [0, 0, 1],
        [1, 0, 1],
        [2, 0, 1],
      ]),
    );
    expect(posterior[3 * 2]).toBeCloseTo(classes[0], 12);
    expect(classes[1]).toBeGreaterThan(0.6);
  });

  it("counts the models of one group as one voice", () => {
    const rows: VoteRow[] = [
      [0, 0, 1],
      [0, 1, 0],
      [0, 2, 0],
      [0, 3, 0],
    ];
    const named = (groups: string[]) => groups.map((group, s) => ({ name: `s${s}`, group }));
    const three = fuseLabels(input(1, 2, rows, { sources: named(["anna", "m", "m", "m"]) }), { maxRounds: 1 });
    const apart = fuseLabels(input(1, 2, rows, { sources: named(["anna", "m1", "m2", "m3"]) }), { maxRounds: 1 });
    expect(three.posterior[0]).toBeCloseTo(0.5, 12);
    expect(apart.posterior[0]).toBeGreaterThan(0.99);
  });

  it("never lowers the objective, and gives probabilities", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 6 }), (seed, K) => {
        const { posterior, objective, slipped } = fuseLabels(randomInput(seed, K), { maxRounds: 30, tolerance: 0 });
        for (let i = 1; i < objective.length; i++)
          expect(objective[i]).toBeGreaterThanOrEqual(objective[i - 1] - 1e-9 * Math.abs(objective[i]));
        for (let n = 0; n < posterior.length; n += K) {
          expect(posterior.subarray(n, n + K).reduce((x, y) => x + y, 0)).toBeCloseTo(1, 9);
        }
        for (const p of slipped) expect(p >= -1e-12 && p <= 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("sums over slips as an enumeration of all of them does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const rng = new Rng(seed);
        const K = 3;
        const prompt = [0, 1, 2, 3].map(() => rng.int(K));
        const items = [0, 1, 2, rng.float() < 0.5 ? 3 : -1];
        const said = [0, 1, 2, 3].map(() => rng.int(K));
        const rows = items.filter((n) => n >= 0).map((n): VoteRow => [n, 0, said[n]]);
        const result = fuseLabels(input(4, K, rows, { fields: [field(prompt, items)] }), { maxRounds: 1 });
        const { slip, posterior } = enumerateSlips(prompt, items, said, K);
        expect(result.slipped[0]).toBeCloseTo(slip, 10);
        for (const n of items) if (n >= 0) for (let t = 0; t < K; t++) expect(result.posterior[n * K + t]).toBeCloseTo(posterior[n][t], 10);
      }),
      { numRuns: 60 },
    );
  });

  it("finds a slip of the whole field that prompt and reader show only together", () => {
    const rng = new Rng(5);
    const K = 10;
    const rows: VoteRow[] = [];
    const fields: PromptedField[] = [];
    const truth: number[] = [];
    for (let f = 0; f < 200; f++) {
      const prompt = Array.from({ length: 10 }, () => rng.int(K));
      // Every twentieth writer leaves out the third character.
      const written = f % 20 === 7 ? [...prompt.slice(0, 2), ...prompt.slice(3), -1] : prompt;
      fields.push(
        field(
          prompt,
          written.map((c) => (c < 0 ? -1 : truth.push(c) - 1)),
        ),
      );
    }
    // Two readers: of a prompt and one reader alone nobody could say which of them errs.
    for (const s of [0, 1]) for (const [n, c] of truth.entries()) rows.push([n, s, rng.float() < 0.95 ? c : rng.int(K)]);
    const { posterior, slipped, slipRate } = fuseLabels(input(truth.length, K, rows, { fields }));
    const found = [...slipped.entries()].filter(([, p]) => p > 0.5).map(([f]) => f);
    expect(found).toEqual(expect.arrayContaining([7, 27, 47, 67, 87, 107, 127, 147, 167, 187]));
    expect(found).toHaveLength(10);
    expect(slipRate).toBeGreaterThan(0.02);
    expect(slipRate).toBeLessThan(0.08);
    const wrong = truth.filter((c, n) => posterior[n * K + c] < 0.5);
    expect(wrong.length / truth.length).toBeLessThan(0.002);
  });

  it("refuses numbers that point nowhere", () => {
    expect(() => fuseLabels(input(1, 2, [[1, 0, 0]]))).toThrow("Vote 0 is about glyph 1, and there are 1.");
    expect(() => fuseLabels(input(1, 2, [[0, 0, 2]]))).toThrow("class 2");
    expect(() => fuseLabels(input(1, 1, []))).toThrow("2 to 256 classes");
    expect(() => fuseLabels(input(2, 2, [], { fields: [field([0], [0]), field([0], [0])] }))).toThrow("at two places");
  });
});

function randomInput(seed: number, K: number): FusionInput {
  const rng = new Rng(seed);
  const items = 30;
  const rows: VoteRow[] = [];
  for (let n = 0; n < items; n++) for (let s = 0; s < 4; s++) if (rng.float() < 0.6) rows.push([n, s, rng.int(K)]);
  const fields = [0, 1, 2].map((f) =>
    field(
      Array.from({ length: 6 }, () => rng.int(K)),
      Array.from({ length: 6 }, (_, j) => (rng.float() < 0.2 ? -1 : f * 6 + j)),
    ),
  );
  const sources = ["a", "m", "m", "b"].map((group, s) => ({ name: `s${s}`, group }));
  return input(items, K, rows, { sources, fields });
}

/** The model's first round by its definition: every slip times every assignment of classes. */
function enumerateSlips(prompt: number[], items: number[], said: number[], K: number) {
  const theta = (t: number, v: number): number => (t === v ? 0.95 : 0.05 / (K - 1));
  const shares = Array.from({ length: K }, (_, v) => (1 + prompt.filter((c) => c === v).length) / (K + prompt.length));
  const n = prompt.length;
  const ways: { p: number; asked: (number | null)[]; unwritten: number[] }[] = [{ p: 0.99, asked: prompt, unwritten: [] }];
  for (let i = 0; i < n - 1; i++) {
    const p = 0.01 / (2 * (n - 1));
    ways.push({ p, asked: [...prompt.slice(0, i), ...prompt.slice(i + 1), null], unwritten: [prompt[i]] });
    ways.push({ p, asked: [...prompt.slice(0, i), null, ...prompt.slice(i, n - 1)], unwritten: [prompt[n - 1]] });
  }
  const posterior = prompt.map(() => new Array<number>(K).fill(0));
  let total = 0;
  let slip = 0;
  for (const [w, { p, asked, unwritten }] of ways.entries()) {
    let fixed = p;
    for (const v of unwritten) fixed *= shares[v];
    asked.forEach((v, j) => {
      if (items[j] < 0 && v !== null) fixed *= shares[v];
    });
    for (let code = 0; code < K ** n; code++) {
      const classes = prompt.map((_, j) => Math.floor(code / K ** j) % K);
      // A blank place has no class: it is counted once.
      if (classes.some((t, j) => items[j] < 0 && t > 0)) continue;
      let joint = fixed;
      classes.forEach((t, j) => {
        if (items[j] < 0) return;
        const v = asked[j];
        joint *= (1 / K) * theta(t, said[j]) * (v === null ? 1 : theta(t, v));
      });
      total += joint;
      if (w > 0) slip += joint;
      classes.forEach((t, j) => {
        posterior[j][t] += joint;
      });
    }
  }
  return { slip: slip / total, posterior: posterior.map((row) => row.map((x) => x / total)) };
}
