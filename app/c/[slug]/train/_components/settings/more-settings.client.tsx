"use client";

import { AveragingGroup, ImagesGroup, LossGroup, RegularizationGroup, SkipGroup } from "./learning-groups.client.tsx";
import { OptimizerGroup } from "./optimizer-group.client.tsx";
import { RateGroup } from "./rate-group.client.tsx";
import { MachineGroup, StoppingGroup } from "./run-groups.client.tsx";
import classes from "./settings.module.css";

/** All that a training can be set to beside the few that matter most. */
export function MoreSettings({ hasValidation }: { hasValidation: boolean }) {
  return (
    <div className={classes.groups}>
      <ImagesGroup />
      <OptimizerGroup />
      <RateGroup />
      <LossGroup />
      <RegularizationGroup />
      <SkipGroup />
      <AveragingGroup />
      <StoppingGroup hasValidation={hasValidation} />
      <MachineGroup />
    </div>
  );
}
