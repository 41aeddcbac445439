import { type TrainSettings, trainSettingsSchema } from "../../../../../../lib/contracts/runs.ts";
import { SETTING_NAMES, type SettingPath } from "./setting-names.ts";
import { readAt } from "./setting-paths.ts";

interface SettingChange {
  readonly path: SettingPath;
  readonly name: string;
  readonly value: string;
}

/** The settings that are not as usual, in the form's order. What belongs to a choice (Adam's beta1) is compared with that choice's own defaults. */
export function listChanges(settings: TrainSettings): SettingChange[] {
  const { optimizer, schedule, averaging } = settings;
  const usual = trainSettingsSchema.parse({});
  const usualOfKind = trainSettingsSchema.parse({
    optimizer: { kind: optimizer.kind },
    schedule: { kind: schedule.kind },
    averaging: averaging && {},
  });
  return (Object.keys(SETTING_NAMES) as SettingPath[]).flatMap((path) => {
    const value = describeValue(readAt(settings, path));
    const ofKind = path.endsWith(".kind") || path === "averaging" ? usual : usualOfKind;
    return value === describeValue(readAt(ofKind, path)) ? [] : [{ path, name: SETTING_NAMES[path], value }];
  });
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "object" ? "yes" : String(value);
}
