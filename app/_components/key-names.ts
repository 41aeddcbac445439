/**
 * The names of a key press, the most particular first: "Ctrl+Shift+z", "Shift+Enter", then as the browser tells it, "Ctrl+Z", "Enter". With Ctrl a letter
 * counts by its Shift key, not by its case: Caps Lock turns that around.
 */
export function nameKeys(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): readonly string[] {
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const plain = control + event.key;
  if (event.key.length > 1 || event.key === " ") return event.shiftKey ? [`${control}Shift+${event.key}`, plain] : [plain];
  if (control === "" || !/^[A-Za-z]$/.test(event.key)) return [plain];
  return [`Ctrl+${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}`, plain];
}

const NAMES: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "Space",
  Escape: "Esc",
  Delete: "Del",
};

/** A key's name as a person knows it: "Ctrl+Shift+z" is "Ctrl+Shift+Z", "ArrowLeft" is "←". A lone letter is shown as it is typed where `exact`. */
export function showKey(key: string, exact = false): string {
  const [, modifiers = "", last = key] = /^((?:Ctrl\+|Shift\+)*)(.+)$/s.exec(key) ?? [];
  return modifiers + (NAMES[last] ?? (last.length === 1 && !(exact && modifiers === "") ? last.toUpperCase() : last));
}
