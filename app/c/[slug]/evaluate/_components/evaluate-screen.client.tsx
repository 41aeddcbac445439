"use client";

import { Button, Select } from "@mantine/core";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { z } from "zod";
import { datasetViewSchema, mnistViewSchema } from "../../../../../lib/contracts/datasets.ts";
import { modelViewSchema } from "../../../../../lib/contracts/runs.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { modelLabel } from "../../../../_components/model-label.ts";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { usePolling } from "../../../../_components/use-polling.ts";
import { ByWriter } from "./by-writer.tsx";
import { type Cell, ConfusionMatrix } from "./confusion-matrix.client.tsx";
import classes from "./evaluate-screen.module.css";
import { Mistakes } from "./mistakes.client.tsx";
import { useEvaluation } from "./use-evaluation.ts";

const modelsSchema = z.object({ models: z.array(modelViewSchema) });
const datasetsSchema = z.object({ datasets: z.array(datasetViewSchema) });
const rest = { active: () => false };

/** Evaluate: where does it fail, and whom does it fail? The model and the set are in the address. */
export function EvaluateScreen({ slug }: { slug: string }) {
  const params = useSearchParams();
  const models = usePolling("models", (signal) => getJson(modelsSchema, "/api/models", signal), rest);
  const datasets = usePolling(`datasets ${slug}`, (signal) => getJson(datasetsSchema, `/api/collections/${slug}/datasets`, signal), rest);
  const mnist = usePolling("mnist", (signal) => getJson(mnistViewSchema, "/api/mnist", signal), rest);
  const [chosen, setChosen] = useState<Cell | null>(null);

  const ready = models.data !== null && datasets.data !== null && mnist.data !== null;
  const modelChoices = (models.data?.models ?? []).map((m) => ({ value: m.id, label: modelLabel(m) }));
  const setChoices = [
    ...(datasets.data?.datasets ?? [])
      .toSorted((a, b) => b.version - a.version)
      .filter((d) => d.splits.test.examples > 0)
      .map((d) => ({ value: d.id, label: `Version ${d.version}, its test (${formatCount(d.splits.test.examples)})` })),
    ...(mnist.data?.ready ? [{ value: "mnist", label: "MNIST's test set (10 000)" }] : []),
  ];
  // a run of one's own is what one came to see; the starter where there is none
  const model = ready ? pick(params.get("model"), modelChoices, modelChoices.find((m) => m.value !== "starter")?.value) : null;
  const set = ready ? pick(params.get("set"), setChoices, setChoices[0]?.value) : null;
  const { evaluation, busy, error, retry } = useEvaluation(model, set);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another evaluation is the trigger
  useEffect(() => setChosen(null), [evaluation?.id]);
  useKeys("Evaluate", [{ keys: ["Escape"], does: "Show all mistakes", run: () => setChosen(null) }]);

  const choose = (name: "model" | "set", value: string | null) => {
    if (value === null) return;
    const next = new URLSearchParams(params.toString());
    next.set(name, value);
    window.history.pushState(null, "", `/c/${slug}/evaluate?${next}`);
  };

  const failed = [models, datasets, mnist].find((part) => part.error !== null && part.data === null);
  return (
    <div className={classes.screen}>
      <PageHeader title="Evaluate" lead="On characters the network never learned from.">
        <Select
          aria-label="Model"
          data={modelChoices}
          value={model}
          onChange={(value) => choose("model", value)}
          allowDeselect={false}
          disabled={!ready}
          data-testid="evaluate-model"
        />
        <Select
          aria-label="Set"
          data={setChoices}
          value={set}
          onChange={(value) => choose("set", value)}
          allowDeselect={false}
          disabled={!ready || setChoices.length === 0}
          w="16rem"
          data-testid="evaluate-set"
        />
      </PageHeader>
      {failed !== undefined && (
        <ErrorNotice title="The models and sets could not be loaded" error={failed.error} onRetry={() => void failed.reload()} />
      )}
      {ready && setChoices.length === 0 && (
        <EmptyState
          title="Nothing to measure on"
          text="An error rate needs characters the network never learned from: MNIST's test set, or a dataset with writers kept for the test."
        >
          <Button component={Link} href={`/c/${slug}/datasets`} size="md">
            Get one
          </Button>
        </EmptyState>
      )}
      {error !== null && <ErrorNotice title="It could not be measured" error={error} onRetry={retry} />}
      <div className={classes.rate} aria-live="polite" aria-busy={busy}>
        {evaluation !== null && (
          <>
            <p className={classes.figure} data-testid="error-rate">
              {formatPercent(evaluation.result.errorRate)}{" "}
              <span>
                ({(evaluation.result.interval[0] * 100).toFixed(2)} to {(evaluation.result.interval[1] * 100).toFixed(2)})
              </span>
            </p>
            <p className={classes.words}>
              {formatCount(evaluation.result.errors)} of {formatCount(evaluation.result.count)} read wrongly by {evaluation.modelName} on{" "}
              {evaluation.setName}. In brackets, where the true rate lies with 95 % confidence.
            </p>
          </>
        )}
        {evaluation === null && busy && <p className={classes.words}>Measuring…</p>}
      </div>
      {evaluation !== null && (
        <div className={classes.body} data-busy={busy || undefined}>
          <section aria-label="Confusion matrix">
            <h2 className={classes.title}>What is taken for what</h2>
            <ConfusionMatrix evaluation={evaluation} chosen={chosen} onChoose={setChosen} />
          </section>
          {evaluation.byWriter.length > 0 && <ByWriter slug={slug} evaluation={evaluation} />}
          <Mistakes slug={slug} evaluation={evaluation} chosen={chosen} onClear={() => setChosen(null)} />
          {evaluation.byWriter.length > 0 && evaluation.result.errors > 0 && (
            <p className={classes.next}>
              A mistake may be the label&apos;s: its picture leads to <Link href={`/c/${slug}/review`}>Review</Link>. A hand that is read
              badly needs more cards:{" "}
              <Link href={`/c/${slug}/cards`}>
                print some <IconArrowRight size={14} />
              </Link>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function pick(wanted: string | null, choices: readonly { value: string }[], fallback: string | undefined): string | null {
  return choices.find((choice) => choice.value === wanted)?.value ?? fallback ?? choices[0]?.value ?? null;
}
