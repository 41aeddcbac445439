import { describe, expect, test } from "vitest";
import { nameKeys, showKey } from "../../../../app/_components/key-names.ts";
import { COMMANDS } from "../../../../app/c/[slug]/review/_components/keys/commands.ts";
import { findKeyConflict, resolveKeys } from "../../../../app/c/[slug]/review/_components/keys/resolve-keys.ts";

const DIGITS = new Set("0123456789");
const ALL = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const press = (key: string, held: Partial<Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "shiftKey">> = {}) =>
  nameKeys({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held });
const keysOf = (id: string, resolved: ReturnType<typeof resolveKeys>) => resolved.commands.find((command) => command.id === id)?.keys;

describe("names of key presses", () => {
  test("Shift counts with Enter and Space, and with Ctrl in place of the letter's case", () => {
    expect(press("Enter", { shiftKey: true })).toEqual(["Shift+Enter", "Enter"]);
    expect(press("A", { shiftKey: true })).toEqual(["A"]);
    expect(press("Z", { ctrlKey: true })[0]).toBe("Ctrl+z");
    expect(press("Z", { metaKey: true, shiftKey: true })).toEqual(["Ctrl+Shift+z", "Ctrl+Z"]);
  });

  test("are shown as people know them", () => {
    expect([showKey("Ctrl+Shift+z"), showKey("ArrowLeft"), showKey("x"), showKey("x", true), showKey("+"), showKey("Ctrl++")]).toEqual([
      "Ctrl+Shift+Z",
      "←",
      "X",
      "x",
      "+",
      "Ctrl++",
    ]);
  });
});

describe("what a key does", () => {
  test("where letters are no classes they are commands; where they are, Ctrl and the letter is", () => {
    expect(keysOf("unusable", resolveKeys({ choices: {}, way: "one", classes: DIGITS }))).toEqual(["x", "Delete", "Ctrl+x"]);
    expect(keysOf("unusable", resolveKeys({ choices: {}, way: "one", classes: ALL }))).toEqual(["Delete", "Ctrl+x"]);
  });

  test("no command is without a key, and no key does two things, in any way, with or without letters", () => {
    for (const classes of [DIGITS, ALL]) {
      for (const way of ["grid", "one", "adjudicate"] as const) {
        const { commands } = resolveKeys({ choices: {}, way, classes });
        const all = commands.flatMap(({ keys }) => keys);
        expect(commands.filter(({ keys }) => keys.length === 0)).toEqual([]);
        expect(
          all.filter((key, i) => all.indexOf(key) !== i),
          way,
        ).toEqual([]);
      }
    }
  });

  test("a chosen key takes the place of the defaults, a class's too", () => {
    const resolved = resolveKeys({ choices: { skip: ["q"], "class:7": ["Insert"] }, way: "one", classes: DIGITS });
    expect(keysOf("skip", resolved)).toEqual(["q"]);
    expect([resolved.classes.get("Insert"), resolved.classes.get("7")]).toEqual(["7", undefined]);
  });
});

describe("a key that is taken", () => {
  const find = (key: string, target: string, choices = {}) => findKeyConflict(key, target, { choices, classes: DIGITS });

  test("is refused in words that name what has it", () => {
    expect(find("7", "skip")).toBe("7 is the key of the character 7. Give that another key first.");
    expect(find("b", "skip")).toContain("Blank: nothing is written here");
    expect(find("?", "skip")).toContain("belongs to the whole app");
    expect(find("b", "class:7")).toContain("Blank");
  });

  test("is free for commands that never meet it, and once it is given away", () => {
    // "n" works in the grid alone, skipping in the others
    expect(find("n", "skip")).toBeNull();
    expect(find("n", "left")).toContain("picked out");
    expect(find("7", "skip", { "class:7": ["Insert"] })).toBeNull();
    expect(COMMANDS.every(({ id, keys }) => keys.every((key) => find(key, id) === null))).toBe(true);
  });
});
