"use client";

import { Button, Select } from "@mantine/core";
import Link from "next/link";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { DatasetView } from "../../../../../lib/contracts/datasets.ts";
import { type RunView, runViewSchema, type TrainSettings } from "../../../../../lib/contracts/runs.ts";
import { ApiError, sendJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount } from "../../../../_components/format.ts";
import { IconPlay } from "../../../../_components/icons.tsx";
import { FirstSettings } from "./settings/first-settings.client.tsx";
import { listChanges } from "./settings/list-changes.ts";
import { MoreSettings } from "./settings/more-settings.client.tsx";
import { SettingsContext } from "./settings/settings-context.ts";
import { useSettingsDraft } from "./settings/use-settings-draft.ts";
import classes from "./start-form.module.css";

const FIRST: ReadonlySet<string> = new Set(["hidden", "epochs", "augment", "members"]);

interface StartFormProps {
  readonly slug: string;
  readonly datasets: readonly DatasetView[];
  readonly mnistReady: boolean;
  /** The one the address names, if any. */
  readonly wanted: string | null;
  readonly onStarted: (run: RunView) => void;
}

/** What to learn from, the few settings that matter most, and one button; the rest is folded behind good defaults. */
export function StartForm({ slug, datasets, mnistReady, wanted, onStarted }: StartFormProps) {
  const choices = [
    ...datasets.map((d) => ({ value: d.id, label: `Version ${d.version}, ${formatCount(d.splits.train.examples)} to learn from` })),
    ...(mnistReady ? [{ value: "mnist", label: "MNIST, 60 000 to learn from" }] : []),
  ];
  const [chosen, setChosen] = useState<string | null>(wanted);
  const dataset = choices.find((choice) => choice.value === chosen)?.value ?? choices[0]?.value ?? null;
  const { form, parsed, refuse } = useSettingsDraft();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const element = useRef<HTMLFormElement>(null);

  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [refusals]);
  /** Opens what is folded and goes to the first field that was refused. */
  const showRefused = () => {
    setOpen(true);
    setRefusals((old) => old + 1);
  };
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (dataset === null) return;
    if (!parsed.success) {
      showRefused();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      onStarted(await sendJson(runViewSchema, "POST", `/api/collections/${slug}/runs`, { dataset, settings: parsed.data }));
    } catch (caught) {
      if (caught instanceof ApiError && refuse(caught.problem)) showRefused();
      else setError(caught);
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
  const hasValidation = (datasets.find((d) => d.id === dataset)?.splits.validation.examples ?? 0) > 0;
  return (
    <SettingsContext value={form}>
      <form ref={element} onSubmit={start} className={classes.form} aria-label="Start a run" noValidate>
        <div className={classes.first}>
          <Select
            label="Learn from"
            data={choices}
            value={dataset}
            onChange={(value) => {
              setChosen(value);
              refuse(null);
            }}
            allowDeselect={false}
            className={classes.data}
            data-testid="run-dataset"
          />
          <Button type="submit" size="sm" loading={busy} leftSection={<IconPlay size={15} />} data-testid="run-start">
            Start
          </Button>
        </div>
        {error !== null && <ErrorNotice title="The run did not start" error={error} onClose={() => setError(null)} />}
        <FirstSettings />
        <details className={classes.details} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary data-testid="run-settings">
            More settings <span>{parsed.success ? describe(parsed.data) : "one of them does not fit"}</span>
          </summary>
          <MoreSettings hasValidation={hasValidation} />
        </details>
      </form>
    </SettingsContext>
  );
}

/** What is folded and not as usual. */
function describe(settings: TrainSettings): string {
  const changes = listChanges(settings).filter(({ path }) => !FIRST.has(path));
  return changes.length === 0 ? "all as usual" : changes.map(({ name, value }) => `${name}: ${value}`).join(", ");
}
