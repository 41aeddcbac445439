import { createContext, useContext } from "react";
import type { SettingPath } from "./setting-names.ts";
import type { SettingsDraft } from "./setting-paths.ts";

/** What a form of settings lends to its fields. */
export interface SettingsForm {
  readonly draft: SettingsDraft;
  readonly set: (path: string, value: unknown) => void;
  /** Why the value at a path was refused, by the schema here or by the server. */
  readonly errorAt: (path: SettingPath) => string | undefined;
}

export const SettingsContext = createContext<SettingsForm | null>(null);

export function useSettingsForm(): SettingsForm {
  const form = useContext(SettingsContext);
  if (form === null) throw new Error("This field stands outside of a form of settings.");
  return form;
}
