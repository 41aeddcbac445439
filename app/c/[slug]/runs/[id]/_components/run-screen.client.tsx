"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { ErrorRateText } from "../../../../../_components/error-rate-text.tsx";
import { formatMoment } from "../../../../../_components/format.ts";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import { PageHeader } from "../../../../../_components/page-header.tsx";
import { RunLive } from "../../../train/_components/run-live.client.tsx";
import { useRun } from "../../../train/_components/use-run.ts";
import { ModelMenu } from "./model-menu.client.tsx";
import classes from "./run-screen.module.css";

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
    ["Batch", String(settings.batch)],
    ["Learning rate", String(settings.rate)],
    settings.optimizer.kind === "sgd" ? ["Momentum", String(settings.optimizer.momentum)] : ["Optimizer", "Adam"],
    ["Augmentation", settings.augment],
    ...(settings.members === 1 ? [] : [["Networks", `${settings.members}, the mean of their probabilities`] as const]),
    ["Seed", String(settings.seed)],
    ["Threads", String(settings.threads)],
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
      </section>
    </div>
  );
}
