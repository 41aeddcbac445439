import { useState } from "react";
import type { Problem } from "../../../../../../lib/contracts/common.ts";
import { trainSettingsSchema } from "../../../../../../lib/contracts/runs.ts";
import { type SettingsDraft, writeAt } from "./setting-paths.ts";
import type { SettingsForm } from "./settings-context.ts";

const IN_BODY = "settings.";

/** Settings that are being made up, and what is wrong with them. */
export function useSettingsDraft() {
  const [draft, setDraft] = useState<SettingsDraft>(trainSettingsSchema.parse({}));
  const [refused, setRefused] = useState<NonNullable<Problem["fields"]>>([]);
  const parsed = trainSettingsSchema.safeParse(draft);
  const problems = [
    ...(parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? []),
    ...refused.map(({ path, message }) => ({ path: path.slice(IN_BODY.length), message })),
  ];
  const form: SettingsForm = {
    draft,
    set: (path, value) => {
      setDraft((old) => writeAt(old, path, value));
      setRefused([]);
    },
    errorAt: (at) => problems.find(({ path }) => path === at || (at === "hidden" && path.startsWith("hidden.")))?.message,
  };
  return {
    form,
    parsed,
    /** Shows the server's refusal at its fields. @returns false where it is not about them */
    refuse: (problem: Problem | null): boolean => {
      const fields = problem?.fields?.filter(({ path }) => path.startsWith(IN_BODY)) ?? [];
      setRefused(fields);
      return fields.length > 0;
    },
  };
}
