/** Settings on their way: fields may be undefined (then the default counts) or wrong (then the schema says so). */
export type SettingsDraft = Readonly<Record<string, unknown>>;

/** What stands at a path such as "optimizer.momentum"; undefined where nothing does. */
export function readAt(draft: unknown, path: string): unknown {
  return path.split(".").reduce((value, key) => (isRecord(value) ? value[key] : undefined), draft);
}

/** A copy with another value at a path; all beside it stays. */
export function writeAt(draft: SettingsDraft, path: string, value: unknown): SettingsDraft {
  const [key, ...rest] = path.split(".");
  if (rest.length === 0) return { ...draft, [key]: value };
  const inner = draft[key];
  return { ...draft, [key]: writeAt(isRecord(inner) ? inner : {}, rest.join("."), value) };
}

function isRecord(value: unknown): value is SettingsDraft {
  return typeof value === "object" && value !== null;
}
