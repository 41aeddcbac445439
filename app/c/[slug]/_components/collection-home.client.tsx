"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { collectionViewSchema } from "../../../../lib/contracts/collections.ts";
import { getJson } from "../../../_components/api-client.ts";
import { useCollections } from "../../../_components/collections.client.tsx";
import { DemoButton } from "../../../_components/demo-button.client.tsx";
import { ErrorNotice } from "../../../_components/error-notice.tsx";
import { FirstStart } from "../../../_components/first-start.client.tsx";
import { formatMoment, formatPlural } from "../../../_components/format.ts";
import { IconArrowRight } from "../../../_components/icons.tsx";
import { useKeys } from "../../../_components/keys.client.tsx";
import { Loading } from "../../../_components/loading.tsx";
import { PageHeader } from "../../../_components/page-header.tsx";
import { usePolling } from "../../../_components/use-polling.ts";
import classes from "./collection-home.module.css";
import { DemoProgress } from "./demo-progress.client.tsx";
import { Loop } from "./loop.tsx";
import { findNextStep } from "./stations.ts";
import { WrittenSoFar } from "./written-so-far.client.tsx";

/** Home: where does my collection stand? */
export function CollectionHome({ slug }: { slug: string }) {
  const { collections } = useCollections();
  const router = useRouter();
  const demoJob = useSearchParams().get("demo");
  const { data, error, reload } = usePolling(
    `home ${slug}`,
    (signal) => getJson(collectionViewSchema, `/api/collections/${slug}`, signal),
    {
      active: (view) => view.counts.pagesWaiting > 0 || view.counts.runs > view.counts.runsDone || demoJob !== null,
      intervalMs: 800,
    },
  );
  useKeys("Home", [
    { keys: ["n"], does: "Go to the next step", run: () => data !== null && router.push(findNextStep(data).address) },
    { keys: ["a"], does: "Add scans", run: () => router.push(`/c/${slug}/scans`) },
  ]);
  if (data === null) {
    if (error === null) return <Loading what="the collection" />;
    return <ErrorNotice title="This collection could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  const untouched = Object.values(data.counts).every((count) => count === 0);
  if (untouched && demoJob === null && (collections === null || collections.length <= 1)) return <FirstStart slug={slug} />;
  const next = findNextStep(data);
  return (
    <div className={classes.home}>
      <PageHeader
        title={data.name}
        lead={`Begun ${formatMoment(data.createdAt)}${data.counts.writers > 0 ? `, ${formatPlural(data.counts.writers, "writer")} so far` : ""}.`}
      />
      {error !== null && <ErrorNotice title="The counts may be old" error={error} onRetry={() => void reload()} />}
      {demoJob !== null && <DemoProgress jobId={demoJob} />}
      <Loop collection={data} />
      <section className={classes.next} aria-label="Next step">
        <p aria-live="polite">{next.text}</p>
        <div className={classes.actions}>
          <Button component={Link} href={next.address} size="md" rightSection={<IconArrowRight size={18} />}>
            {next.action}
          </Button>
          {untouched && demoJob === null && <DemoButton variant="default">Or see a demo first</DemoButton>}
        </div>
      </section>
      {data.counts.glyphs > 0 && <WrittenSoFar slug={slug} total={data.counts.glyphs} />}
    </div>
  );
}
