import type { PageView } from "../../../../../../../lib/contracts/scans.ts";
import type { KeyBinding } from "../../../../../../_components/key-binding.ts";
import { moveShape } from "./cut-shape.ts";
import type { GlyphEdit } from "./use-glyph-edit.ts";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The keys while a page's glyphs are edited: a character labels, the signs beside the number pad's digits cut. While a shape is drawn the arrows move it, and with Ctrl
 * its last corner or end.
 */
export function editKeys(edit: GlyphEdit, page: PageView | null): readonly KeyBinding[] {
  if (!edit.on) return [];
  const { shape } = edit;
  const leave: KeyBinding = { keys: ["Escape"], does: shape === null ? "Done editing" : "Leave it as it was cut", run: edit.leave };
  if (shape !== null) {
    const last = shape.kind === "box" ? 2 : 1;
    const arrows = Object.keys(ARROWS);
    const move = (handle: number | null) => (event: KeyboardEvent) => {
      const [x, y] = ARROWS[event.key];
      const px = event.shiftKey ? 10 : 1;
      edit.setShape(moveShape(shape, [px * x, px * y], handle));
    };
    return [
      { keys: arrows, shown: "Arrows", does: "Move it by 1 px, with Shift by 10", run: move(null) },
      { keys: arrows.map((key) => `Ctrl+${key}`), shown: "Ctrl+Arrows", does: "Move its last corner or end", run: move(last) },
      { keys: ["Enter"], does: "Cut", run: edit.cutShape },
      leave,
    ];
  }
  const classes = [...new Set(["0123456789", ...(page?.fields.map(({ prompt }) => prompt) ?? [])].flatMap((prompt) => [...prompt]))].filter(
    (character) => character.trim() !== "" && !CUTTING.includes(character),
  );
  return [
    { keys: classes, shown: "0-9, a-z", does: "It is this character", run: ({ key }) => edit.label(key) },
    { keys: ["Enter"], does: "Its label is right", run: edit.confirm },
    { keys: ["Delete"], does: "Unusable", run: edit.unusable },
    { keys: ["."], does: "Draw its box anew", run: edit.drawBox },
    { keys: ["/"], does: "Split it in two", run: edit.split },
    { keys: ["|"], does: "Split it along a line", run: edit.drawLine },
    { keys: ["*"], does: "Join it with the next", run: edit.join },
    { keys: ["Backspace", "Ctrl+z"], shown: "Backspace", does: "Undo", run: edit.undo },
    { keys: ["Shift+Backspace", "Ctrl+y", "Ctrl+Shift+z"], shown: "Shift+Backspace", does: "Redo", run: edit.redo },
    leave,
  ];
}

const CUTTING = "./|*";
