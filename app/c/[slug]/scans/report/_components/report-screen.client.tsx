"use client";

import { Button, NativeSelect } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { z } from "zod";
import { scanViewSchema } from "../../../../../../lib/contracts/scans.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import { useCollections } from "../../../../../_components/collections.client.tsx";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatPlural } from "../../../../../_components/format.ts";
import { IconArrowRight, IconDownload } from "../../../../../_components/icons.tsx";
import { Loading } from "../../../../../_components/loading.tsx";
import { PageHeader } from "../../../../../_components/page-header.tsx";
import { usePolling } from "../../../../../_components/use-polling.ts";
import { namePage } from "../../../_components/name-page.ts";
import { refusedAs } from "../../_components/page-state.tsx";
import { type Batch, countBatch, listBatches, listRefused, type Refused } from "./batches.ts";
import classes from "./report-screen.module.css";

const listSchema = z.object({ scans: z.array(scanViewSchema) });

/** The report on files that were added at once, or on all: how many pages were read, which were not, why, and what to do about each. */
export function ReportScreen({ slug, batch }: { slug: string; batch: string | null }) {
  const router = useRouter();
  const { current } = useCollections();
  const { data, error, reload } = usePolling(`scans ${slug}`, (signal) => getJson(listSchema, `/api/collections/${slug}/scans`, signal), {
    active: ({ scans }) => scans.some((scan) => scan.state === "queued" || scan.state === "running"),
    intervalMs: 1500,
  });
  if (data === null) {
    if (error === null) return <Loading what="the report" />;
    return <ErrorNotice title="The report could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  const batches = listBatches(data.scans);
  const chosen = batch === null ? null : (batches.find(({ id }) => id === batch) ?? null);
  const scans = chosen?.scans ?? data.scans;
  const counts = countBatch(scans);
  const refused = listRefused(scans);
  const query = chosen === null ? "" : `?batch=${chosen.id}`;
  return (
    <div className={classes.screen}>
      <p className={classes.back}>
        <Link href={`/c/${slug}/scans`}>Scans</Link>
      </p>
      <PageHeader
        title="Report"
        lead={`${current?.name ?? slug}: ${chosen === null ? "everything that was added" : `added ${describeTime(chosen.addedAt)}`}`}
      >
        <Button className={classes.screenOnly} size="md" variant="default" onClick={() => window.print()}>
          Print
        </Button>
        <Button
          className={classes.screenOnly}
          component="a"
          href={`/api/collections/${slug}/scans/report${query}`}
          size="md"
          variant="default"
          leftSection={<IconDownload size={18} />}
        >
          Download CSV
        </Button>
      </PageHeader>
      {error !== null && <ErrorNotice title="This report may be old" error={error} onRetry={() => void reload()} />}
      <NativeSelect
        className={classes.choice}
        label="About"
        value={chosen?.id ?? ""}
        onChange={(event) => {
          const id = event.currentTarget.value;
          router.replace(`/c/${slug}/scans/report${id === "" ? "" : `?batch=${id}`}`);
        }}
        data={[{ value: "", label: "Everything that was added" }, ...batches.map(describeBatch)]}
      />
      <dl className={classes.counts}>
        <Count name="Files" value={counts.files} />
        <Count name="Pages read" value={counts.read} kind="read" />
        <Count name="Pages refused" value={counts.refused} kind={counts.refused > 0 ? "refused" : undefined} />
        <Count name="Read before" value={counts.duplicate} />
        {counts.elsewhere > 0 && <Count name="Another collection’s" value={counts.elsewhere} />}
        {counts.failedFiles > 0 && <Count name="Files not read" value={counts.failedFiles} kind="refused" />}
        {counts.waiting > 0 && <Count name="Files being read" value={counts.waiting} />}
      </dl>
      {refused.length === 0 ? (
        <p>{counts.read > 0 ? "Every page was read." : "No page has come in yet."}</p>
      ) : (
        <>
          <h2>{formatPlural(refused.length, "page")} to look at</h2>
          <ul className={classes.list} aria-label="Pages that were not read">
            {refused.map((entry) => (
              <RefusedRow key={entry.page?.id ?? entry.scan.id} slug={slug} entry={entry} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function RefusedRow({ slug, entry: { scan, page } }: { slug: string; entry: Refused }) {
  const name = page === null ? scan.fileName : namePage(scan, page);
  const code = page?.reason?.code;
  const message = page === null ? (scan.failure ?? "It was stopped before it was read.") : (page.reason?.message ?? "");
  return (
    <li className={classes.row}>
      <div className={classes.stage}>
        {page !== null && page.widthPx > 0 && (
          // biome-ignore lint/performance/noImgElement: the server makes the size that is asked for
          <img src={`/api/pages/${page.id}/image?width=320`} alt="" width={page.widthPx} height={page.heightPx} decoding="async" />
        )}
      </div>
      <div className={classes.words}>
        <h3>{name}</h3>
        <p className={classes.kind}>{page === null ? "File not read" : refusedAs(code)}</p>
        <p>{message.startsWith(name) ? `This file${message.slice(name.length)}` : message}</p>
        {page !== null && (
          <p className={classes.screenOnly}>
            <Link href={`/c/${slug}/scans/${page.id}`}>
              {whatToDo(code)} <IconArrowRight size={14} />
            </Link>
          </p>
        )}
      </div>
    </li>
  );
}

function whatToDo(code: string | undefined): string {
  switch (code) {
    case "duplicate":
    case "replaced":
    case "other-collection":
      return "Decide what to do with it";
    case "blank-page":
    case "decode-failed":
      return "Look at it";
    default:
      return "Mend it by hand";
  }
}

function Count({ name, value, kind }: { name: string; value: number; kind?: "read" | "refused" | undefined }) {
  return (
    <div data-kind={kind}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function describeBatch({ id, addedAt, scans }: Batch) {
  const what = scans.length === 1 ? scans[0].fileName : formatPlural(scans.length, "file");
  return { value: id, label: `${describeTime(addedAt)}: ${what}` };
}

function describeTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
