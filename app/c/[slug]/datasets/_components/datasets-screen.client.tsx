"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { z } from "zod";
import { type DatasetView, datasetViewSchema } from "../../../../../lib/contracts/datasets.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { DemoButton } from "../../../../_components/demo-button.client.tsx";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatMoment, formatPlural } from "../../../../_components/format.ts";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { usePolling } from "../../../../_components/use-polling.ts";
import { CreateDataset } from "./create-dataset.client.tsx";
import classes from "./datasets-screen.module.css";
import { MnistCard } from "./mnist-card.client.tsx";
import { SplitBar } from "./split-bar.tsx";
import { useMnist } from "./use-mnist.ts";

const listSchema = z.object({ datasets: z.array(datasetViewSchema) });

/** Datasets: what exactly is in it? Versions that never change, and MNIST. */
export function DatasetsScreen({ slug }: { slug: string }) {
  const { current } = useCollections();
  const { data, error, reload } = usePolling(
    `datasets ${slug}`,
    (signal) => getJson(listSchema, `/api/collections/${slug}/datasets`, signal),
    {
      active: () => false,
    },
  );
  const mnist = useMnist();
  const [creating, setCreating] = useState(false);
  const counts = current?.counts ?? null;
  const datasets = data?.datasets.toSorted((a, b) => b.version - a.version) ?? null;
  const noGlyphs = counts !== null && counts.glyphs === 0;

  useKeys("Datasets", [{ keys: ["n"], does: "Build a version", run: () => !noGlyphs && setCreating(true) }]);

  return (
    <>
      <PageHeader
        title="Datasets"
        lead="Versions of what was looked over, split by writer. A version never changes; later labels make another one."
      >
        {datasets !== null && datasets.length > 0 && !creating && (
          <Button onClick={() => setCreating(true)} data-testid="dataset-new">
            Build a version
          </Button>
        )}
      </PageHeader>
      {error !== null && <ErrorNotice title="The datasets could not be loaded" error={error} onRetry={() => void reload()} />}
      <div className={classes.layout}>
        <div className={classes.versions}>
          {creating && (
            <CreateDataset
              slug={slug}
              counts={counts}
              mnistReady={mnist.data?.ready ?? false}
              onDone={() => void reload()}
              onClose={() => setCreating(false)}
            />
          )}
          {datasets === null ? (
            error === null && <p className="sr-only">Loading the datasets</p>
          ) : datasets.length === 0 && !creating ? (
            <NoDataset slug={slug} noGlyphs={noGlyphs} onCreate={() => setCreating(true)} />
          ) : (
            <ul className={classes.list} aria-label="Versions">
              {datasets.map((dataset) => (
                <li key={dataset.id}>
                  <DatasetRow slug={slug} dataset={dataset} />
                </li>
              ))}
            </ul>
          )}
        </div>
        <MnistCard mnist={mnist} />
      </div>
    </>
  );
}

function NoDataset({ slug, noGlyphs, onCreate }: { slug: string; noGlyphs: boolean; onCreate: () => void }) {
  if (noGlyphs) {
    return (
      <EmptyState
        title="No version yet"
        text="A dataset is made of glyphs, and none have been read so far. Add scans of filled-in cards first, or let the demo do it."
      >
        <Button component={Link} href={`/c/${slug}/scans`} size="md">
          Add scans
        </Button>
        <DemoButton variant="default">Show me with a demo</DemoButton>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No version yet"
      text="A version takes the glyphs looked over so far, keeps each writer in one split only, and reads anywhere as MNIST does."
    >
      <Button size="md" onClick={onCreate} data-testid="dataset-new">
        Build the first version
      </Button>
      <Button component={Link} href={`/c/${slug}/review`} size="md" variant="default">
        Review first
      </Button>
    </EmptyState>
  );
}

function DatasetRow({ slug, dataset }: { slug: string; dataset: DatasetView }) {
  const { train, validation, test } = dataset.splits;
  const writers = new Set([train, validation, test].flatMap((split) => split.writers)).size;
  const examples = train.examples + validation.examples + test.examples;
  return (
    <Link href={`/c/${slug}/datasets/${dataset.id}`} className={classes.row} data-testid="dataset-row">
      <span className={classes.version}>{dataset.version}</span>
      <span className={classes.words}>
        <strong>
          {formatPlural(examples, "example")} of {describeClasses(dataset.classes)}
        </strong>
        <span>
          {formatPlural(writers, "writer")}
          {dataset.spec.includeMnist ? `, ${formatCount(train.examples - train.own)} from MNIST` : ""} · {formatMoment(dataset.createdAt)}
        </span>
        <SplitBar splits={dataset.splits} />
      </span>
    </Link>
  );
}

/** "the digits 0 to 9", "52 letters", or the characters themselves where they are few. */
export function describeClasses(names: readonly string[]): string {
  const text = names.join("");
  if (text === "0123456789") return "0 to 9";
  return names.length <= 12 ? [...text].join(" ") : `${names.length} characters`;
}
