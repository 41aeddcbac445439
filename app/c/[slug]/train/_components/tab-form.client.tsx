"use client";

import { Button, NumberInput, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type TrainSettings, trainSettingsSchema } from "../../../../../lib/contracts/runs.ts";
import { AUGMENTATION_KINDS } from "../../../../../lib/mlp/augment/limits.ts";
import { IconPlay } from "../../../../_components/icons.tsx";
import type { TabChoice } from "./load-tab-data.ts";
import classes from "./train-in-tab.module.css";

const MOST_UNITS = 2000;
/** Below so many multiplications an image, threads wait for one another longer than they help. */
const WORTH_THREADS = 784 * 300;

interface TabFormProps {
  readonly choices: readonly TabChoice[];
  readonly wanted: string | null;
  readonly busy: boolean;
  readonly onStart: (choice: TabChoice, settings: TrainSettings) => void;
}

/** The few settings that matter in a tab. */
export function TabForm({ choices, wanted, busy, onStart }: TabFormProps) {
  const [chosen, setChosen] = useState<string | null>(wanted);
  const [units, setUnits] = useState(128);
  const [epochs, setEpochs] = useState<number | null>(null);
  const [augment, setAugment] = useState<TrainSettings["augment"]>("affine");
  const choice = choices.find(({ value }) => value === chosen) ?? choices[0];
  const suggested = suggestEpochs(choice.examples);

  const start = (event: FormEvent) => {
    event.preventDefault();
    const small = choice.examples < 2000;
    const settings = trainSettingsSchema.parse({
      hidden: [units],
      epochs: epochs ?? suggested,
      augment,
      // Few examples make few steps an epoch: smaller ones, and more of them.
      ...(small ? { batch: 16, rate: 0.05 } : {}),
      threads: units * 784 < WORTH_THREADS ? 1 : Math.min(64, navigator.hardwareConcurrency || 1),
    });
    onStart(choice, settings);
  };
  return (
    <form onSubmit={start} className={classes.form} aria-label="Train in this tab">
      <Select
        label="Learn from"
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={choice.value}
        onChange={setChosen}
        allowDeselect={false}
        className={classes.data}
        data-testid="tab-dataset"
      />
      <NumberInput
        label="Hidden units"
        min={1}
        max={MOST_UNITS}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        value={units}
        onChange={(value) => typeof value === "number" && value >= 1 && value <= MOST_UNITS && setUnits(value)}
        className={classes.number}
      />
      <NumberInput
        label="Epochs"
        min={1}
        max={1000}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        value={epochs ?? suggested}
        onChange={(value) => typeof value === "number" && value >= 1 && value <= 1000 && setEpochs(value)}
        className={classes.number}
      />
      <Select
        label="Augmentation"
        data={[...AUGMENTATION_KINDS]}
        value={augment}
        allowDeselect={false}
        onChange={(value) => setAugment((value ?? "none") as TrainSettings["augment"])}
        className={classes.number}
      />
      <Button type="submit" disabled={busy} leftSection={<IconPlay size={15} />} data-testid="tab-start">
        Start
      </Button>
    </form>
  );
}

/** About 120 000 images in all: some seconds to watch, whatever the data set's size. */
function suggestEpochs(examples: number): number {
  return Math.min(400, Math.max(10, Math.round(120_000 / Math.max(1, examples))));
}
