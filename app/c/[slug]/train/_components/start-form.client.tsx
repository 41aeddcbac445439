"use client";

import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { DatasetView } from "../../../../../lib/contracts/datasets.ts";
import { type RunView, runViewSchema, type TrainSettings, trainSettingsSchema } from "../../../../../lib/contracts/runs.ts";
import { AUGMENTATION_KINDS } from "../../../../../lib/mlp/augment/limits.ts";
import { sendJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount } from "../../../../_components/format.ts";
import { IconPlay } from "../../../../_components/icons.tsx";
import classes from "./start-form.module.css";

const DEFAULTS = trainSettingsSchema.parse({});

interface StartFormProps {
  readonly slug: string;
  readonly datasets: readonly DatasetView[];
  readonly mnistReady: boolean;
  /** The one the address names, if any. */
  readonly wanted: string | null;
  readonly onStarted: (run: RunView) => void;
}

/** What to learn from and one button; the rest is folded behind good defaults. */
export function StartForm({ slug, datasets, mnistReady, wanted, onStarted }: StartFormProps) {
  const choices = [
    ...datasets.map((d) => ({ value: d.id, label: `Version ${d.version}, ${formatCount(d.splits.train.examples)} to learn from` })),
    ...(mnistReady ? [{ value: "mnist", label: "MNIST, 60 000 to learn from" }] : []),
  ];
  const [chosen, setChosen] = useState<string | null>(wanted);
  const dataset = choices.find((choice) => choice.value === chosen)?.value ?? choices[0]?.value ?? null;
  const [settings, setSettings] = useState<TrainSettings>(DEFAULTS);
  const [hidden, setHidden] = useState(DEFAULTS.hidden.join(", "));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const layers = parseHidden(hidden);
  const parsed = layers === null ? null : trainSettingsSchema.safeParse({ ...settings, hidden: layers });
  const change = (part: Partial<TrainSettings>) => setSettings((old) => ({ ...old, ...part }));

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (dataset === null || !parsed?.success) return;
    setBusy(true);
    setError(null);
    try {
      onStarted(await sendJson(runViewSchema, "POST", `/api/collections/${slug}/runs`, { dataset, settings: parsed.data }));
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };

  if (choices.length === 0) {
    return (
      <p className={classes.none}>
        There is nothing to learn from yet: <Link href={`/c/${slug}/datasets`}>build a dataset or get MNIST</Link>.
      </p>
    );
  }
  const shown = layers ?? settings.hidden;
  return (
    <form onSubmit={start} className={classes.form} aria-label="Start a run">
      <div className={classes.first}>
        <Select
          label="Learn from"
          data={choices}
          value={dataset}
          onChange={setChosen}
          allowDeselect={false}
          className={classes.data}
          data-testid="run-dataset"
        />
        <Button
          type="submit"
          size="sm"
          loading={busy}
          disabled={!parsed?.success}
          leftSection={<IconPlay size={15} />}
          data-testid="run-start"
        >
          Start
        </Button>
      </div>
      {error !== null && <ErrorNotice title="The run did not start" error={error} onClose={() => setError(null)} />}
      <details className={classes.details}>
        <summary data-testid="run-settings">
          Settings <span>{describe({ ...settings, hidden: shown })}</span>
        </summary>
        <div className={classes.settings}>
          <TextInput
            label="Hidden layers"
            description="Units of each, such as 128 or 800, 300"
            value={hidden}
            error={layers === null ? "Up to six whole numbers from 1 to 4000, with commas between" : undefined}
            onChange={(event) => setHidden(event.currentTarget.value)}
          />
          <Select
            label="Augmentation"
            description="Bends each digit anew, every time"
            data={[...AUGMENTATION_KINDS]}
            value={settings.augment}
            allowDeselect={false}
            onChange={(value) => change({ augment: (value ?? "none") as TrainSettings["augment"] })}
          />
          <Num
            label="Epochs"
            description="Times through the data"
            min={1}
            max={1000}
            value={settings.epochs}
            onChange={(epochs) => change({ epochs })}
          />
          <Num
            label="Batch"
            description="Examples a step"
            min={1}
            max={4096}
            value={settings.batch}
            onChange={(batch) => change({ batch })}
          />
          <Num
            label="Learning rate"
            description="Its highest"
            min={0.0001}
            max={10}
            step={0.01}
            decimals
            value={settings.rate}
            onChange={(rate) => change({ rate })}
          />
          {settings.optimizer.kind === "sgd" && (
            <Num
              label="Momentum"
              description="0 to 0.999"
              min={0}
              max={0.999}
              step={0.05}
              decimals
              value={settings.optimizer.momentum}
              onChange={(momentum) => change({ optimizer: { kind: "sgd", nesterov: false, momentum } })}
            />
          )}
          <Num
            label="Networks"
            description="More than 1: a committee that votes"
            min={1}
            max={25}
            value={settings.members}
            onChange={(members) => change({ members })}
          />
          <Num
            label="Seed"
            description="Same seed, same weights"
            min={0}
            max={0xffff_ffff}
            value={settings.seed}
            onChange={(seed) => change({ seed })}
          />
          <Num
            label="Threads"
            description="The result is the same"
            min={1}
            max={64}
            value={settings.threads}
            onChange={(threads) => change({ threads })}
          />
        </div>
      </details>
    </form>
  );
}

interface NumProps {
  readonly label: string;
  readonly description: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly decimals?: boolean;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Num({ label, description, min, max, step = 1, decimals = false, value, onChange }: NumProps) {
  return (
    <NumberInput
      label={label}
      description={description}
      min={min}
      max={max}
      step={step}
      allowDecimal={decimals}
      allowNegative={false}
      clampBehavior="blur"
      value={value}
      onChange={(next) => typeof next === "number" && onChange(next)}
    />
  );
}

function parseHidden(text: string): number[] | null {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const sizes = parts.map(Number);
  return sizes.length <= 6 && sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 4000) ? sizes : null;
}

function describe({ hidden, epochs, batch, augment, members }: TrainSettings): string {
  return `${members === 1 ? "" : `${members} networks of `}784–${[...hidden, ""].join("–")}classes, ${epochs} epochs, batch ${batch}${augment === "none" ? "" : `, ${augment}`}`;
}
