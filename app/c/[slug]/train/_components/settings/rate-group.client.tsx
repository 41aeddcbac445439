"use client";

import { trainingOptions } from "../../../../../../lib/mlp/training-settings.ts";
import { Group } from "./group.tsx";
import { ChoiceField, NumberField } from "./setting-fields.client.tsx";
import { readAt } from "./setting-paths.ts";
import { useSettingsForm } from "./settings-context.ts";

const KINDS = [
  { value: "cosine", label: "Cosine" },
  { value: "constant", label: "Constant" },
  { value: "step", label: "Steps" },
];

/** The learning rate and how it goes over the training. */
export function RateGroup() {
  const { draft, set } = useSettingsForm();
  const kind = readAt(draft, "schedule.kind");
  const adam = readAt(draft, "optimizer.kind") === "adam";
  return (
    <Group name="Learning rate">
      <NumberField at="rate" help={adam ? "Its highest; Adam wants about 0.001" : "Its highest"} step={adam ? 0.001 : 0.01} />
      <ChoiceField
        at="schedule.kind"
        help="How it falls"
        choices={KINDS}
        onChoose={(next) => set("schedule", trainingOptions.schedule.parse({ kind: next }))}
      />
      <NumberField at="schedule.warmUp" help="Part in which it rises from 0" step={0.01} />
      {kind === "cosine" && <NumberField at="schedule.final" help="Where it ends" step={1e-5} />}
      {kind === "step" && (
        <>
          <NumberField at="schedule.factor" help="What a step leaves of it" step={0.05} />
          <NumberField at="schedule.every" help="In times through the data" />
        </>
      )}
    </Group>
  );
}
