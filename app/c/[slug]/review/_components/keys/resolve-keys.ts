import { showKey } from "../../../../../_components/key-names.ts";
import type { ReviewWay } from "../frame/review-address.ts";
import { COMMANDS, type Command, type CommandId } from "./commands.ts";

/** Keys that a person has chosen: by a command's id, or by `class:7` for the class 7. They take the place of the defaults. */
export type KeyChoices = Readonly<Record<string, readonly string[]>>;

export interface KeySetting {
  readonly choices: KeyChoices;
  readonly way: ReviewWay;
  /** The characters that glyphs of this collection can be. */
  readonly classes: ReadonlySet<string>;
}

export interface ResolvedKeys {
  readonly commands: readonly { readonly id: CommandId; readonly command: Command; readonly keys: readonly string[] }[];
  /** The class that a key stands for. */
  readonly classes: ReadonlyMap<string, string>;
}

/** What every key does in one of the three ways: a class's own key comes before a command's. A command without a key left is listed all the same. */
export function resolveKeys({ choices, way, classes }: KeySetting): ResolvedKeys {
  const ofClasses = new Map<string, string>();
  for (const value of classes) for (const key of choices[`class:${value}`] ?? [value]) ofClasses.set(key, value);
  const commands = COMMANDS.filter(({ ways }: Command) => ways === undefined || ways.includes(way)).map((command) => ({
    id: command.id,
    command,
    keys: (choices[command.id] ?? command.keys).filter((key) => !ofClasses.has(key)),
  }));
  return { commands, classes: ofClasses };
}

/**
 * Why `key` cannot be given to `target` (a command's id or `class:7`), in words; null where it can.
 * Commands that never meet, because they work in different ways, may share a key.
 */
export function findKeyConflict(key: string, target: string, { choices, classes }: Omit<KeySetting, "way">): string | null {
  if (["?", "Tab", "Shift+Tab", "Escape"].includes(key)) return `${showKey(key)} belongs to the whole app and cannot be given away.`;
  for (const value of classes) {
    if (`class:${value}` === target) continue;
    if ((choices[`class:${value}`] ?? [value]).includes(key)) {
      return `${showKey(key, true)} is the key of the character ${value}. Give that another key first.`;
    }
  }
  const own: Command | undefined = COMMANDS.find(({ id }) => id === target);
  for (const other of COMMANDS) {
    const command: Command = other;
    const meet = own?.ways === undefined || command.ways === undefined || command.ways.some((way) => own.ways?.includes(way));
    if (command.id === target || !meet) continue;
    if ((choices[command.id] ?? command.keys).includes(key)) {
      return `${showKey(key, true)} is the key of “${command.does}”. Give that another key first.`;
    }
  }
  return null;
}
