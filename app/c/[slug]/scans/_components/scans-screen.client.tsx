"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { type ScanView, scanViewSchema } from "../../../../../lib/contracts/scans.ts";
import { getJson, send } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { DemoButton } from "../../../../_components/demo-button.client.tsx";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatPlural } from "../../../../_components/format.ts";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { Loading } from "../../../../_components/loading.tsx";
import { useNotices } from "../../../../_components/notices.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { usePolling } from "../../../../_components/use-polling.ts";
import { ACCEPTED_WORDS } from "./accepted.ts";
import { AddFiles } from "./add-files.client.tsx";
import { DeleteScan } from "./delete-scan.client.tsx";
import { DropTarget } from "./drop-target.client.tsx";
import { FailedScans } from "./failed-scans.client.tsx";
import { PageTile } from "./page-tile.client.tsx";
import { ReadingProgress } from "./reading-progress.client.tsx";
import { ScanDrawing } from "./scan-drawing.tsx";
import classes from "./scans-screen.module.css";
import { UploadList } from "./upload-list.client.tsx";
import { useUploads } from "./use-uploads.ts";

const listSchema = z.object({ scans: z.array(scanViewSchema) });

/** Scans: did my pages come in right? */
export function ScansScreen({ slug }: { slug: string }) {
  const { current, reload: reloadCounts } = useCollections();
  const { showError } = useNotices();
  const { uploads, store } = useUploads(slug);
  const picker = useRef<HTMLInputElement>(null);
  const [onlyRejected, setOnlyRejected] = useState(false);
  const [deleting, setDeleting] = useState<ScanView | null>(null);
  const { data, error, reload } = usePolling(`scans ${slug}`, (signal) => getJson(listSchema, `/api/collections/${slug}/scans`, signal), {
    active: ({ scans }) => scans.some((scan) => scan.state === "queued" || scan.state === "running"),
    intervalMs: 600,
  });

  // an upload that arrived is a new row of the list
  const arrived = uploads.filter((upload) => upload.state === "sent").length;
  useEffect(() => {
    if (arrived > 0) void reload();
  }, [arrived, reload]);
  const reading = data?.scans.filter((scan) => scan.state === "queued" || scan.state === "running").length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a file is finished the counts of the frame change
  useEffect(() => {
    void reloadCounts();
  }, [reading, reloadCounts]);

  const add = (files: FileList) => store.add(files);
  const retry = async (scan: ScanView) => {
    try {
      await send("POST", `/api/scans/${scan.id}/retry`);
      await reload();
    } catch (caught) {
      showError(`${scan.fileName} is not being read again`, caught);
    }
  };

  const addressOf = (scanId: string) => {
    const first = data?.scans.find((scan) => scan.id === scanId)?.pages[0];
    return first === undefined ? null : `/c/${slug}/scans/${first.id}`;
  };
  const pages = useMemo(() => (data?.scans ?? []).flatMap((scan) => scan.pages.map((page) => ({ scan, page }))), [data]);
  const rejected = pages.filter(({ page }) => page.state === "rejected").length;
  const read = pages.filter(({ page }) => page.state === "read").length;
  const shown = onlyRejected && rejected > 0 ? pages.filter(({ page }) => page.state === "rejected") : pages;
  const failed = data?.scans.filter((scan) => (scan.state === "failed" || scan.state === "stopped") && scan.pages.length === 0) ?? [];
  const empty = data !== null && data.scans.length === 0 && uploads.length === 0;

  useKeys("Scans", [
    { keys: ["a"], does: "Add files", run: () => picker.current?.click() },
    { keys: ["f"], does: "Show all pages, or only those refused", run: () => setOnlyRejected((old) => !old) },
  ]);

  return (
    <div className={classes.screen}>
      <DropTarget name={current?.name ?? slug} onFiles={add} />
      <PageHeader
        title="Scans"
        lead={
          data === null ? (
            "\u00a0"
          ) : pages.length === 0 ? (
            <>
              <span className={classes.mouseOnly}>Drop files anywhere on this page: </span>
              {ACCEPTED_WORDS}.
            </>
          ) : (
            <>
              {`${formatPlural(read, "page")} read${rejected > 0 ? `, ${formatCount(rejected)} refused` : ""}.`}
              <span className={classes.mouseOnly}> Drop more anywhere on this page.</span>
            </>
          )
        }
      >
        {/* Not before it is known where they stay: a picker that went away meanwhile, or whose script had not run, would lose what was chosen. */}
        {data !== null && !empty && <AddFiles ref={picker} onFiles={add} />}
        {pages.length + failed.length > 0 && (
          <Button component={Link} href={`/c/${slug}/scans/report`} size="md" variant="default">
            Report
          </Button>
        )}
        {read > 0 && (
          <Button component={Link} href={`/c/${slug}/review`} size="md" variant="default" rightSection={<IconArrowRight size={18} />}>
            Review
          </Button>
        )}
      </PageHeader>

      {error !== null && (
        <ErrorNotice
          title={data === null ? "The scans could not be loaded" : "This list may be old"}
          error={error}
          onRetry={() => void reload()}
        />
      )}
      {data === null && error === null && <Loading what="the scans" />}
      <UploadList uploads={uploads} store={store} addressOf={addressOf} />
      {data !== null && <ReadingProgress scans={data.scans} />}
      <FailedScans scans={failed} onRetry={retry} onDelete={setDeleting} />

      {empty && (
        <EmptyState
          title="No page has come in yet"
          picture={<ScanDrawing />}
          text={
            <>
              Scan filled-in cards at 200 dpi or more, or photograph them flat, all four corner marks in the picture. Original NIST forms
              are read as they are. The files stay on this machine; where a photo was taken is removed.
            </>
          }
        >
          <AddFiles ref={picker} onFiles={add} />
          <DemoButton variant="default">See the demo instead</DemoButton>
        </EmptyState>
      )}

      {rejected > 0 && rejected < pages.length && (
        <fieldset className={classes.filter}>
          <legend className="sr-only">Pages shown</legend>
          <button type="button" aria-pressed={!onlyRejected} onClick={() => setOnlyRejected(false)}>
            All pages
          </button>
          <button type="button" aria-pressed={onlyRejected} onClick={() => setOnlyRejected(true)}>
            Refused ({formatCount(rejected)})
          </button>
        </fieldset>
      )}
      {shown.length > 0 && (
        <ul className={classes.pages} aria-label="Pages">
          {shown.map(({ scan, page }) => (
            <PageTile key={page.id} slug={slug} scan={scan} page={page} onDelete={setDeleting} />
          ))}
        </ul>
      )}
      <DeleteScan scan={deleting} onClose={() => setDeleting(null)} onDeleted={() => void Promise.all([reload(), reloadCounts()])} />
    </div>
  );
}
