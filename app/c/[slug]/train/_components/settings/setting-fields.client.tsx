"use client";

import { NumberInput, Select, Switch } from "@mantine/core";
import { useState } from "react";
import { trainSettingsSchema } from "../../../../../../lib/contracts/runs.ts";
import { SETTING_NAMES, type SettingPath } from "./setting-names.ts";
import { readAt } from "./setting-paths.ts";
import classes from "./settings.module.css";
import { useSettingsForm } from "./settings-context.ts";

const DEFAULTS = trainSettingsSchema.parse({});

interface FieldProps {
  readonly at: SettingPath;
  /** One line. */
  readonly help: string;
  /** Takes a row of its own, for a longer help. */
  readonly wide?: boolean;
}

/** A number of the settings. Empty is the default, or null where `empty` says what that means. */
export function NumberField({ at, help, wide, step = 1, empty }: FieldProps & { step?: number; empty?: string }) {
  const { draft, set, errorAt } = useSettingsForm();
  const value = readAt(draft, at);
  // What is on its way to a number ("0.") must stay as it was typed.
  const [typed, setTyped] = useState<string | number>("");
  const usual = readAt(DEFAULTS, at);
  return (
    <NumberInput
      className={wide ? classes.wide : undefined}
      styles={wide ? { wrapper: { maxWidth: "16rem" } } : undefined}
      label={SETTING_NAMES[at]}
      description={help}
      error={errorAt(at)}
      step={step}
      allowDecimal={step < 1}
      allowNegative={false}
      clampBehavior="none"
      placeholder={empty ?? (typeof usual === "number" ? String(usual) : undefined)}
      value={typeof value !== "number" ? "" : typed !== "" && Number(typed) === value ? typed : value}
      onChange={(next) => {
        setTyped(next);
        if (next !== "") set(at, Number(next));
        else set(at, usual === null ? null : undefined);
      }}
    />
  );
}

/** A choice of the settings. */
export function ChoiceField(
  props: FieldProps & {
    readonly choices: readonly (string | { readonly value: string; readonly label: string })[];
    /** Where a choice brings fields of its own; without it the choice itself is set. */
    readonly onChoose?: (value: string) => void;
  },
) {
  const { at, help, choices, onChoose } = props;
  const { draft, set, errorAt } = useSettingsForm();
  return (
    <Select
      label={SETTING_NAMES[at]}
      description={help}
      error={errorAt(at)}
      data={choices}
      value={String(readAt(draft, at))}
      allowDeselect={false}
      onChange={(value) => value !== null && (onChoose ? onChoose(value) : set(at, value))}
    />
  );
}

/** A setting that is on or off. */
export function SwitchField({ at, help, wide, onSwitch }: FieldProps & { readonly onSwitch?: (on: boolean) => void }) {
  const { draft, set, errorAt } = useSettingsForm();
  return (
    <Switch
      className={wide ? classes.wide : undefined}
      label={SETTING_NAMES[at]}
      description={help}
      error={errorAt(at)}
      checked={Boolean(readAt(draft, at))}
      onChange={(event) => (onSwitch ?? ((on: boolean) => set(at, on)))(event.currentTarget.checked)}
    />
  );
}
