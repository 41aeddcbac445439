"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { AUGMENTATION_KINDS, type AugmentationKind } from "../../../../../../lib/mlp/augment/limits.ts";
import { AugmentationPreview } from "./augmentation-preview.client.tsx";
import { ChoiceField, NumberField } from "./setting-fields.client.tsx";
import { SETTING_NAMES } from "./setting-names.ts";
import { readAt } from "./setting-paths.ts";
import classes from "./settings.module.css";
import { useSettingsForm } from "./settings-context.ts";

/** The few settings that matter most. */
export function FirstSettings() {
  const { draft } = useSettingsForm();
  return (
    <div className={classes.top}>
      <div className={classes.fields}>
        <HiddenField />
        <NumberField at="epochs" help="Times through the data" />
        <NumberField at="members" help="More than 1: a committee" />
        <ChoiceField at="augment" help="Bends each digit anew" choices={[...AUGMENTATION_KINDS]} />
      </div>
      <AugmentationPreview kind={readAt(draft, "augment") as AugmentationKind} />
    </div>
  );
}

function HiddenField() {
  const { draft, set, errorAt } = useSettingsForm();
  const [text, setText] = useState((readAt(draft, "hidden") as number[]).join(", "));
  return (
    <TextInput
      label={SETTING_NAMES.hidden}
      description="Units of each: 128 or 800, 300"
      value={text}
      error={errorAt("hidden") && "Up to six whole numbers from 1 to 4000, with commas between"}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const parts = event.currentTarget.value.split(/[\s,]+/).filter((part) => part !== "");
        set("hidden", parts.map(Number));
      }}
    />
  );
}
