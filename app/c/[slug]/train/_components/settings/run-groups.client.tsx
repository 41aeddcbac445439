"use client";

import { Group } from "./group.tsx";
import { ChoiceField, NumberField } from "./setting-fields.client.tsx";

const KEPT = [
  { value: "last", label: "The last" },
  { value: "best", label: "The best" },
];

/** When it ends, and what is kept. */
export function StoppingGroup({ hasValidation }: { hasValidation: boolean }) {
  return (
    <Group name="Stopping">
      <NumberField
        at="stopping.patience"
        help={hasValidation ? "Epochs without a better error" : "Needs a validation split"}
        empty="never ends early"
      />
      <ChoiceField
        at="stopping.keep"
        help={hasValidation ? "Best: lowest validation error" : "Best needs a validation split"}
        choices={KEPT}
      />
      <NumberField at="maxSeconds" help="Seconds of training" empty="no limit" />
    </Group>
  );
}

/** What changes nothing but the time, and what changes nothing but chance. */
export function MachineGroup() {
  return (
    <Group name="Machine">
      <NumberField at="threads" help="The result is the same" />
      <NumberField at="seed" help="Same seed, same weights" />
    </Group>
  );
}
