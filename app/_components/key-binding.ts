export interface KeyBinding {
  /** `KeyboardEvent.key` values that trigger it, with "Ctrl+" in front where Ctrl or Cmd is held: "ArrowRight", "x", "Ctrl+z". */
  readonly keys: readonly string[];
  /** How the help writes the keys; by default the keys themselves. */
  readonly shown?: string;
  /** What it does, in the help: "Next page". */
  readonly does: string;
  readonly run: (event: KeyboardEvent) => void;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}
