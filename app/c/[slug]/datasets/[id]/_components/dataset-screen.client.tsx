"use client";

import { Button, Menu } from "@mantine/core";
import Link from "next/link";
import { useEffect, useState } from "react";
import { DATASET_FILE_SPLITS, type DatasetView, datasetViewSchema } from "../../../../../../lib/contracts/datasets.ts";
import { getBytes, getJson } from "../../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatCount, formatMoment, formatPlural } from "../../../../../_components/format.ts";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { IconArrowRight, IconChevronDown, IconDownload } from "../../../../../_components/icons.tsx";
import { useKeys } from "../../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../../_components/page-header.tsx";
import { usePolling } from "../../../../../_components/use-polling.ts";
import { describeClasses } from "../../_components/datasets-screen.client.tsx";
import { SplitBar } from "../../_components/split-bar.tsx";
import classes from "./dataset-screen.module.css";

const SPLITS = ["train", "validation", "test"] as const;

/** One version: what exactly is in it. */
export function DatasetScreen({ slug, id }: { slug: string; id: string }) {
  const { data, error, reload } = usePolling(`dataset ${id}`, (signal) => getJson(datasetViewSchema, `/api/datasets/${id}`, signal), {
    active: () => false,
  });
  const { means, error: meansError } = useMeans(id);
  useKeys("Dataset", [
    { keys: ["e"], does: "Download everything as a zip", run: () => window.location.assign(`/api/datasets/${id}/export`) },
  ]);

  if (data === null) {
    if (error === null) return <p className="sr-only">Loading the dataset</p>;
    return <ErrorNotice title="This dataset could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  const parts = SPLITS.map((name) => ({ name, ...data.splits[name] })).filter((part) => part.examples > 0);
  const examples = parts.reduce((sum, part) => sum + part.examples, 0);
  const writers = new Set(parts.flatMap((part) => part.writers));
  const inTwo = [...writers].filter((writer) => parts.filter((part) => part.writers.includes(writer)).length > 1);
  const most = Math.max(1, ...data.classes.map((_, c) => parts.reduce((sum, part) => sum + part.byClass[c], 0)));
  return (
    <div className={classes.screen}>
      <p className={classes.back}>
        <Link href={`/c/${slug}/datasets`}>Datasets</Link>
      </p>
      <PageHeader
        title={`Version ${data.version}`}
        lead={`${formatPlural(examples, "example")} of ${describeClasses(data.classes)} by ${formatPlural(writers.size, "writer")}, built ${formatMoment(data.createdAt)}.`}
      >
        <ExportMenu dataset={data} />
        <Button component={Link} href={`/c/${slug}/train?dataset=${data.id}`} rightSection={<IconArrowRight size={18} />}>
          Train on it
        </Button>
      </PageHeader>

      <section aria-label="Splits" className={classes.section}>
        <h2>Splits</h2>
        <SplitBar splits={data.splits} />
        <div className={classes.splits}>
          {parts.map((part) => (
            <div key={part.name} data-testid={`split-${part.name}`}>
              <h3>{part.name}</h3>
              <p>
                {formatCount(part.own)} of your own
                {part.examples > part.own && <> and {formatCount(part.examples - part.own)} from MNIST</>}
              </p>
              <p className={classes.writers}>
                {part.writers.map((writer) => (
                  <span key={writer}>{writer}</span>
                ))}
              </p>
            </div>
          ))}
        </div>
        <p className={classes.proof} data-testid="no-writer-in-two">
          {inTwo.length === 0 ? "✓ No writer is in two splits." : `▲ In two splits: ${inTwo.join(", ")}.`}
        </p>
      </section>

      <section aria-label="Classes" className={classes.section}>
        <h2>Classes</h2>
        <p className={classes.note}>The mean image of each in train, and how many there are.</p>
        {meansError !== null && <ErrorNotice title="The mean images could not be loaded" error={meansError} />}
        <ol className={classes.classes} data-many={data.classes.length > 12 || undefined}>
          {data.classes.map((name, c) => {
            const count = parts.reduce((sum, part) => sum + part.byClass[c], 0);
            return (
              <li key={name}>
                <GlyphImage
                  bytes={means?.subarray(784 * c, 784 * (c + 1)) ?? null}
                  size={data.classes.length > 12 ? 56 : 84}
                  label={`Mean image of ${name}`}
                />
                <strong>{name}</strong>
                <span className={classes.bar} aria-hidden="true">
                  {parts.map((part) => (
                    <span key={part.name} data-part={part.name} style={{ width: `${(100 * part.byClass[c]) / most}%` }} />
                  ))}
                </span>
                <span className={classes.count}>{formatCount(count)}</span>
              </li>
            );
          })}
        </ol>
      </section>

      <p className={classes.hash}>
        {data.spec.includeAgreeing ? "With glyphs nobody looked at where prompt and model agree. " : "Only glyphs someone looked at. "}
        Seed {data.spec.seed}. Content <code>{data.hash.slice(0, 16)}</code>
      </p>
    </div>
  );
}

function ExportMenu({ dataset }: { dataset: DatasetView }) {
  const file = (name: string) => `/api/datasets/${dataset.id}/files/${name}`;
  const names = SPLITS.filter((split) => dataset.splits[split].examples > 0).flatMap((split) =>
    ["images-idx3-ubyte.gz", "labels-idx1-ubyte.gz"].map((kind) => `${DATASET_FILE_SPLITS[split]}-${kind}`),
  );
  return (
    <Menu position="bottom-end" width={290} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} />}
          rightSection={<IconChevronDown size={15} />}
          data-testid="dataset-export"
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`/api/datasets/${dataset.id}/export`} download data-testid="export-zip">
          Everything, zip
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>IDX, as MNIST&apos;s files</Menu.Label>
        {names.map((name) => (
          <Menu.Item key={name} component="a" href={file(name)} download className={classes.file}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href={file("manifest.json")} download className={classes.file}>
          manifest.json
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useMeans(id: string): { means: Uint8Array | null; error: unknown } {
  const [state, setState] = useState<{ means: Uint8Array | null; error: unknown }>({ means: null, error: null });
  useEffect(() => {
    const controller = new AbortController();
    getBytes(`/api/datasets/${id}/means`, controller.signal).then(
      (means) => setState({ means, error: null }),
      (error: unknown) => !controller.signal.aborted && setState({ means: null, error }),
    );
    return () => controller.abort();
  }, [id]);
  return state;
}
