"use client";

import { trainingOptions } from "../../../../../../lib/mlp/training-settings.ts";
import { Group } from "./group.tsx";
import { ChoiceField, NumberField, SwitchField } from "./setting-fields.client.tsx";
import { readAt } from "./setting-paths.ts";
import { useSettingsForm } from "./settings-context.ts";

const KINDS = [
  { value: "sgd", label: "SGD" },
  { value: "adam", label: "Adam" },
];

/** How gradients move weights. */
export function OptimizerGroup() {
  const { draft, set } = useSettingsForm();
  return (
    <Group name="Optimizer">
      <ChoiceField
        at="optimizer.kind"
        help="How gradients move weights"
        choices={KINDS}
        onChoose={(kind) => set("optimizer", trainingOptions.optimizer.parse({ kind }))}
      />
      <NumberField at="batch" help="Examples in a step" />
      {readAt(draft, "optimizer.kind") === "sgd" ? (
        <>
          <NumberField at="optimizer.momentum" help="Part of the last move kept" step={0.05} />
          <SwitchField at="optimizer.nesterov" help="Measures ahead" />
        </>
      ) : (
        <>
          <NumberField at="optimizer.beta1" help="Memory of gradients" step={0.05} />
          <NumberField at="optimizer.beta2" help="Memory of their squares" step={0.001} />
          <NumberField at="optimizer.epsilon" help="Keeps from dividing by 0" step={1e-8} />
        </>
      )}
    </Group>
  );
}
