"use client";

import { Button, Tabs } from "@mantine/core";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { z } from "zod";
import { datasetViewSchema, mnistViewSchema } from "../../../../../lib/contracts/datasets.ts";
import { type RunView, runViewSchema } from "../../../../../lib/contracts/runs.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { usePolling } from "../../../../_components/use-polling.ts";
import { CompareRuns, MOST_COMPARED } from "./compare-runs.client.tsx";
import { listTabChoices } from "./load-tab-data.ts";
import { RunLive } from "./run-live.client.tsx";
import { RunsTable } from "./runs-table.client.tsx";
import { StartForm } from "./start-form.client.tsx";
import { TrainInTab } from "./train-in-tab.client.tsx";
import classes from "./train-screen.module.css";
import { useRun } from "./use-run.ts";

const runsSchema = z.object({ runs: z.array(runViewSchema) });
const datasetsSchema = z.object({ datasets: z.array(datasetViewSchema) });
const rest = { active: () => false };

/** Train: is it learning? */
export function TrainScreen({ slug }: { slug: string }) {
  const wanted = useSearchParams().get("dataset");
  const { reload: reloadCounts } = useCollections();
  const runs = usePolling(`runs ${slug}`, (signal) => getJson(runsSchema, `/api/collections/${slug}/runs`, signal), {
    active: ({ runs: list }) => list.some(isActive),
    intervalMs: 1500,
  });
  const datasets = usePolling(`datasets ${slug}`, (signal) => getJson(datasetsSchema, `/api/collections/${slug}/datasets`, signal), rest);
  const mnist = usePolling("mnist", (signal) => getJson(mnistViewSchema, "/api/mnist", signal), rest);
  const [started, setStarted] = useState<string | null>(null);
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set());
  const list = runs.data?.runs ?? null;
  const shown = started ?? list?.find(isActive)?.id ?? list?.[0]?.id ?? null;
  const ready = datasets.data !== null && mnist.data !== null;
  const nothing = ready && datasets.data?.datasets.length === 0 && mnist.data?.ready === false;

  const [place, setPlace] = useState<"server" | "tab">("server");
  useEffect(() => {
    if (new URLSearchParams(window.location.search).get("in") === "tab") setPlace("tab");
  }, []);
  const choosePlace = (next: "server" | "tab") => {
    setPlace(next);
    const address = new URL(window.location.href);
    if (next === "tab") address.searchParams.set("in", "tab");
    else address.searchParams.delete("in");
    window.history.replaceState(null, "", address);
  };
  const choices = listTabChoices(datasets.data?.datasets.toSorted((a, b) => b.version - a.version) ?? [], mnist.data?.ready ?? false);
  const onKept = () => {
    void runs.reload();
    void reloadCounts();
  };

  useKeys("Train", [
    {
      keys: ["s"],
      does: "Start a run",
      run: () => document.querySelector<HTMLButtonElement>(`[data-testid='${place === "tab" ? "tab" : "run"}-start']`)?.click(),
    },
  ]);
  const toggle = (id: string) =>
    setCompared((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return new Set([...next].slice(-MOST_COMPARED));
    });

  if (nothing && list?.length === 0) {
    return (
      <>
        <PageHeader title="Train" lead="A network of fully connected layers, written here from scratch." />
        <EmptyState
          title="Nothing to learn from yet"
          text="A network learns from a dataset: a version of your own glyphs, or MNIST's 60 000 digits. Both are on the Datasets page."
        >
          <Button component={Link} href={`/c/${slug}/datasets`} size="md">
            Get a dataset
          </Button>
        </EmptyState>
      </>
    );
  }
  return (
    <div className={classes.screen}>
      <PageHeader title="Train" lead="A network of fully connected layers, written here from scratch." />
      <Tabs value={place} onChange={(value) => choosePlace(value === "tab" ? "tab" : "server")}>
        <Tabs.List aria-label="Where it trains">
          <Tabs.Tab value="server">On the server</Tabs.Tab>
          <Tabs.Tab value="tab" data-testid="train-tab">
            In this tab
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tab" className={classes.panel}>
          {ready && <TrainInTab slug={slug} choices={choices} wanted={wanted} onKept={onKept} />}
        </Tabs.Panel>
        <Tabs.Panel value="server" className={classes.panel}>
          {ready && (
            <StartForm
              slug={slug}
              datasets={datasets.data?.datasets.toSorted((a, b) => b.version - a.version) ?? []}
              mnistReady={mnist.data?.ready ?? false}
              wanted={wanted}
              onStarted={(run) => {
                setStarted(run.id);
                void runs.reload();
                void reloadCounts();
              }}
            />
          )}
          {datasets.error !== null && (
            <ErrorNotice title="The datasets could not be loaded" error={datasets.error} onRetry={() => void datasets.reload()} />
          )}
          {mnist.error !== null && (
            <ErrorNotice title="MNIST's state could not be loaded" error={mnist.error} onRetry={() => void mnist.reload()} />
          )}
          {runs.error !== null && (
            <ErrorNotice title="The runs could not be loaded" error={runs.error} onRetry={() => void runs.reload()} />
          )}
          {shown !== null && <LatestRun key={shown} slug={slug} id={shown} />}
          {list !== null && list.length > 0 && (
            <section aria-label="Runs">
              <h2>Runs</h2>
              <RunsTable slug={slug} runs={list} compared={compared} onCompare={toggle} />
              {compared.size > 1 && (
                <div className={classes.compare}>
                  <h3>Side by side</h3>
                  <CompareRuns ids={[...compared]} />
                </div>
              )}
              {list.length > 1 && compared.size < 2 && (
                <p className={classes.hint}>Mark two to {MOST_COMPARED} runs to see their curves over one another.</p>
              )}
            </section>
          )}
          {list?.length === 0 && <p className={classes.hint}>No run yet. Start one: the defaults take well under a minute on MNIST.</p>}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function LatestRun({ slug, id }: { slug: string; id: string }) {
  const { run, curve, error, reload } = useRun(id);
  if (run === null) {
    return error === null ? (
      <div className={classes.wait} />
    ) : (
      <ErrorNotice title="The run could not be loaded" error={error} onRetry={() => void reload()} />
    );
  }
  return (
    <section aria-label={`Run ${run.number}`}>
      <div className={classes.runHead}>
        <h2>
          <Link href={`/c/${slug}/runs/${run.id}`}>Run {run.number}</Link>
        </h2>
        <p>
          {run.dataset.name}, {[784, ...run.settings.hidden, run.classes.length].join("–")}
        </p>
        {run.state === "done" && (
          <Button
            component={Link}
            href={`/c/${slug}/evaluate?model=${run.id}`}
            variant="default"
            size="xs"
            rightSection={<IconArrowRight size={15} />}
          >
            Evaluate it
          </Button>
        )}
      </div>
      <RunLive run={run} curve={curve} reload={reload} height={280} />
    </section>
  );
}

function isActive(run: RunView): boolean {
  return run.state === "queued" || run.state === "running";
}
