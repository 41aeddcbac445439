import type { ReviewWay } from "../frame/review-address.ts";

/** Something that a key does, besides saying which class it is. */
export interface Command {
  readonly id: string;
  /** In the help and in the dialog of the keys. */
  readonly does: string;
  /** Where it works; everywhere without it. */
  readonly ways?: readonly ReviewWay[];
  /** By default, as app/_components/key-names.ts names presses. A lone letter works only where letters are no classes: its Ctrl key always does. */
  readonly keys: readonly string[];
  /** Holding the key down does it again and again. */
  readonly repeats?: boolean;
}

const QUEUE: readonly ReviewWay[] = ["one", "adjudicate"];
const GRID: readonly ReviewWay[] = ["grid"];

export const COMMANDS = [
  { id: "confirm", does: "The label shown is right; on to the next", ways: ["one"], keys: ["Enter", " "] },
  { id: "take", does: "The decision marked is right; on to the next", ways: ["adjudicate"], keys: ["Enter", " "] },
  { id: "pick", does: "Pick this one out, or put it back", ways: GRID, keys: [" "] },
  { id: "confirm-seen", does: "All seen and not picked out are right; on to the next rows", ways: GRID, keys: ["Enter"] },
  { id: "confirm-agreeing", does: "Confirm all seen where prompt and model agree", ways: GRID, keys: ["Shift+Enter"] },
  { id: "next-picked", does: "To the next one picked out", ways: GRID, keys: ["n", "Ctrl+Enter"] },
  { id: "picked-one-by-one", does: "The picked ones one by one", ways: GRID, keys: ["o", "Ctrl+o"] },
  { id: "class-before", does: "The class before", ways: GRID, keys: ["[", "Ctrl+ArrowLeft"], repeats: true },
  { id: "class-after", does: "The next class", ways: GRID, keys: ["]", "Ctrl+ArrowRight"], repeats: true },
  { id: "unusable", does: "Unusable: no character is right", keys: ["x", "Delete", "Ctrl+x"] },
  { id: "blank", does: "Blank: nothing is written here", keys: ["b", "Ctrl+b"] },
  { id: "skip", does: "Skip: undecided, on to the next", ways: QUEUE, keys: ["s", "ArrowRight", "Ctrl+s"], repeats: true },
  { id: "back", does: "Back to the one before", ways: QUEUE, keys: ["ArrowLeft", "Backspace"], repeats: true },
  { id: "decision-before", does: "Mark the decision before", ways: ["adjudicate"], keys: ["ArrowUp"], repeats: true },
  { id: "decision-after", does: "Mark the next decision", ways: ["adjudicate"], keys: ["ArrowDown"], repeats: true },
  { id: "left", does: "Glyph before", ways: GRID, keys: ["ArrowLeft"], repeats: true },
  { id: "right", does: "Next glyph", ways: GRID, keys: ["ArrowRight"], repeats: true },
  { id: "up", does: "Glyph above", ways: GRID, keys: ["ArrowUp"], repeats: true },
  { id: "down", does: "Glyph below", ways: GRID, keys: ["ArrowDown"], repeats: true },
  { id: "first", does: "First glyph", ways: GRID, keys: ["Home"] },
  { id: "last", does: "Last glyph", ways: GRID, keys: ["End"] },
  { id: "undo", does: "Take it back", keys: ["Ctrl+z", "u"], repeats: true },
  { id: "redo", does: "Do it again", keys: ["Ctrl+Shift+z", "Ctrl+y", "r"], repeats: true },
  { id: "zoom", does: "Larger, and small again", keys: ["+", "z"] },
  { id: "page", does: "Show its page, or its field again", ways: QUEUE, keys: ["p", "Ctrl+p"] },
  { id: "flag", does: "Flag with a note, or take the flag away", keys: ["f", "Ctrl+f"] },
  { id: "restore", does: "Restore an earlier label", keys: ["h", "Ctrl+h"] },
  { id: "grid", does: "To the grid", keys: ["g", "Ctrl+g"] },
  { id: "one", does: "To one by one", ways: ["adjudicate"], keys: ["o", "Ctrl+o"] },
  { id: "adjudicate", does: "To what people differ on", keys: ["j", "Ctrl+j"] },
  { id: "keys", does: "Change the keys", keys: ["k", "Ctrl+k"] },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]["id"];
