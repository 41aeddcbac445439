import { describe, expect, it } from "vitest";
import { createTurns } from "../../../lib/server/db/take-turns.ts";

describe("turns at the embedded database's connection", () => {
  /** Asks for all while the first one is at work; in which order they got theirs. */
  const run = async (names: readonly string[]): Promise<string> => {
    const takeTurns = createTurns();
    const order: string[] = [];
    let atWork = 0;
    const work = (name: string) => async () => {
      expect(++atWork).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
      atWork--;
      if (name.endsWith("!")) throw new Error(name);
    };
    const results = await Promise.allSettled(names.map((name) => takeTurns(work(name), name.startsWith("u"))));
    expect(results.map(({ status }) => status)).toEqual(names.map((name) => (name.endsWith("!") ? "rejected" : "fulfilled")));
    return order.join(" ");
  };

  it("go to urgent work first, otherwise to who came first, one at a time", async () => {
    expect(await run(["a", "b", "u1", "c", "u2"])).toBe("a u1 u2 b c");
  });

  it("go on after work that fails", async () => {
    expect(await run(["a!", "b", "u1!", "c"])).toBe("a! u1! b c");
  });

  it("come to the others, too, however much is urgent", async () => {
    const urgent = Array.from({ length: 20 }, (_, i) => `u${i}`);
    const order = await run(["a", "b", ...urgent, "c"]);
    expect(order).toBe(["a", ...urgent.slice(0, 8), "b", ...urgent.slice(8, 16), "c", ...urgent.slice(16)].join(" "));
  });

  it("are there again once all is done", async () => {
    const takeTurns = createTurns();
    expect(await takeTurns(async () => 1, false)).toBe(1);
    expect(await takeTurns(async () => 2, true)).toBe(2);
  });
});
