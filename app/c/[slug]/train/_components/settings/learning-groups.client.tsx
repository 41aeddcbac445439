"use client";

import type { TrainSettings } from "../../../../../../lib/contracts/runs.ts";
import { ACTIVATIONS } from "../../../../../../lib/mlp/network.ts";
import { LOSSES, trainingOptions } from "../../../../../../lib/mlp/training-settings.ts";
import { Group } from "./group.tsx";
import { ChoiceField, NumberField, SwitchField } from "./setting-fields.client.tsx";
import { readAt } from "./setting-paths.ts";
import { useSettingsForm } from "./settings-context.ts";

const RESHAPE_CHOICES = [
  { value: "none", label: "As they are" },
  { value: "deslant", label: "Slant taken out" },
  { value: "width-20", label: "20 px wide" },
  { value: "deslant-width-16", label: "No slant, 16 px wide" },
  { value: "deslant-width-20", label: "No slant, 20 px wide" },
  { value: "varied", label: "Each network otherwise" },
] satisfies { value: TrainSettings["reshape"]; label: string }[];

const VIEWS_CHOICES = [
  { value: "one", label: "Once" },
  { value: "five", label: "Five times" },
] satisfies { value: TrainSettings["views"]; label: string }[];

/** How networks look at images, while they learn and afterwards. */
export function ImagesGroup() {
  return (
    <Group name="Images">
      <ChoiceField at="reshape" wide help="A committee errs less if each network sees them otherwise" choices={RESHAPE_CHOICES} />
      <ChoiceField at="views" wide help="Five times, turned a little, errs less and reads five times as slowly" choices={VIEWS_CHOICES} />
    </Group>
  );
}

/** What is minimized, and through which units. */
export function LossGroup() {
  return (
    <Group name="Loss">
      <ChoiceField at="loss" help="What is made small" choices={[...LOSSES]} />
      <ChoiceField at="activation" help="Of hidden units" choices={[...ACTIVATIONS]} />
    </Group>
  );
}

/** What keeps a network from learning its examples by heart. */
export function RegularizationGroup() {
  return (
    <Group name="Regularization">
      <NumberField at="regularization.weightDecay" help="Pulls weights to 0" step={0.0001} />
      <NumberField at="regularization.labelSmoothing" help="Part spread over all classes" step={0.05} />
      <NumberField at="regularization.dropout.input" help="Part that is 0 in a step" step={0.05} />
      <NumberField at="regularization.dropout.hidden" help="Part that is 0 in a step" step={0.05} />
      <NumberField at="regularization.maxNorm" help="Longest weights into a unit" step={0.5} empty="any length" />
    </Group>
  );
}

/** Time is spent on what is not yet learned. */
export function SkipGroup() {
  return (
    <Group name="Speed">
      <NumberField
        at="skipBelow"
        wide
        help="0 to 0.5: learns nothing from examples whose outputs are all off by less; about twice as fast"
        step={0.01}
      />
    </Group>
  );
}

/** An average over the last weights instead of the last. */
export function AveragingGroup() {
  const { draft, set } = useSettingsForm();
  const on = readAt(draft, "averaging") !== null;
  return (
    <Group name="Averaging">
      <SwitchField
        at="averaging"
        wide
        help="What is measured and kept is a moving average"
        onSwitch={(next) => set("averaging", next ? trainingOptions.averaging.parse({}) : null)}
      />
      {on && (
        <>
          <NumberField at="averaging.decay" help="Nearer to 1: longer" step={0.0001} />
          <NumberField at="averaging.every" help="So many steps" />
        </>
      )}
    </Group>
  );
}
