export interface KeyBinding {
  /** What triggers it, as key-names.ts names key presses: "ArrowRight", "x", "Ctrl+z", "Shift+Enter". */
  readonly keys: readonly string[];
  /** How the help writes the keys; by default the keys themselves. */
  readonly shown?: string;
  /** What it does, in the help: "Next page". */
  readonly does: string;
  /** Not in the help. */
  readonly hidden?: boolean;
  readonly run: (event: KeyboardEvent) => void;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}
