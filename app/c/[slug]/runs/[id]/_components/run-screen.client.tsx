"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { ErrorRateText } from "../../../../../_components/error-rate-text.tsx";
import { formatMoment } from "../../../../../_components/format.ts";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import { PageHeader } from "../../../../../_components/page-header.tsx";
import { RunLive } from "../../../train/_components/run-live.client.tsx";
import { listChanges } from "../../../train/_components/settings/list-changes.ts";
import type { SettingPath } from "../../../train/_components/settings/setting-names.ts";
import { useRun } from "../../../train/_components/use-run.ts";
import { ModelMenu } from "./model-menu.client.tsx";
import classes from "./run-screen.module.css";

/** Shown for every run, whatever it was set to. */
const SAID: ReadonlySet<SettingPath> = new Set(["hidden", "epochs", "augment", "members"]);

/** One run: its curve, its figures, its model. */
export function RunScreen({ slug, id }: { slug: string; id: string }) {
  const { run, curve, error, reload } = useRun(id);
  if (run === null) {
    if (error === null) return <p className="sr-only">Loading the run</p>;
    return <ErrorNotice title="This run could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  const { settings } = run;
  const facts = [
    ["Layers", [784, ...settings.hidden, run.classes.length].join("–")],
    ["Learned from", run.dataset.name],
    ["Epochs", String(settings.epochs)],
    ["Augmentation", settings.augment],
    ...(settings.members === 1 ? [] : [["Networks", `${settings.members}, the mean of their probabilities`] as const]),
    ...listChanges(settings)
      .filter(({ path }) => !SAID.has(path))
      .map(({ name, value }) => [name, value] as const),
  ] as const;
  return (
    <div className={classes.screen}>
      <p className={classes.back}>
        <Link href={`/c/${slug}/train`}>Train</Link>
      </p>
      <PageHeader title={`Run ${run.number}`} lead={`Started ${formatMoment(run.createdAt)} on ${run.dataset.name}.`}>
        {run.modelReady && (
          <>
            <ModelMenu runId={run.id} />
            <Button component={Link} href={`/draw?model=${run.id}`} variant="default" data-testid="draw-with-it">
              Draw with it
            </Button>
            <Button component={Link} href={`/c/${slug}/evaluate?model=${run.id}`} rightSection={<IconArrowRight size={18} />}>
              Evaluate
            </Button>
          </>
        )}
      </PageHeader>
      {run.evaluations.length > 0 && (
        <dl className={classes.rates}>
          {run.evaluations.map((evaluation) => (
            <div key={evaluation.id}>
              <dt>{evaluation.set === "mnist" ? "MNIST's test set" : "Test split of a dataset"}</dt>
              <dd>
                <ErrorRateText rate={evaluation.result} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <RunLive run={run} curve={curve} reload={reload} height={360} />
      <section aria-label="Settings">
        <h2>Settings</h2>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={classes.rest}>All else is as usual.</p>
      </section>
    </div>
  );
}
