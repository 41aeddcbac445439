"use client";

import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { type MnistView, mnistViewSchema } from "../../../../../lib/contracts/datasets.ts";
import { sendJson, toApiError } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { IconCheck, IconDownload, IconUpload } from "../../../../_components/icons.tsx";
import type { Polled } from "../../../../_components/use-polling.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import classes from "./mnist-card.module.css";

/** MNIST: here or not, from where, and three ways to get it. */
export function MnistCard({ mnist }: { mnist: Polled<MnistView> }) {
  const { data, error, reload, replace } = mnist;
  const [failure, setFailure] = useState<{ title: string; error: unknown } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const job = data?.job ?? null;
  const downloading = job !== null && (job.state === "queued" || job.state === "running");

  const download = async () => {
    setFailure(null);
    setBusy("download");
    try {
      replace(await sendJson(mnistViewSchema, "POST", "/api/mnist/download"));
    } catch (caught) {
      setFailure({ title: "The download did not start", error: caught });
    }
    setBusy(null);
  };
  const upload = async (files: File[]) => {
    setFailure(null);
    for (const file of files) {
      setBusy(file.name);
      try {
        replace(await uploadFile(file));
      } catch (caught) {
        setFailure({ title: `${file.name} was not taken`, error: caught });
        break;
      }
    }
    setBusy(null);
  };

  return (
    <section className={classes.card} aria-label="MNIST" data-testid="mnist-card">
      <h2>MNIST</h2>
      <p className={classes.lead}>70 000 digits of 1990s America, to train with yours or to measure against.</p>
      {error !== null && data === null && (
        <ErrorNotice title="MNIST's state could not be loaded" error={error} onRetry={() => void reload()} />
      )}
      {data !== null && (
        <>
          <p className={classes.status} data-ready={data.ready} data-testid="mnist-status">
            {data.ready ? (
              <>
                <IconCheck size={17} /> Here, {data.source === "MNIST_DIR" ? "in the folder MNIST_DIR names" : data.source}
              </>
            ) : (
              "Not here yet"
            )}
          </p>
          <ul className={classes.files}>
            {data.files.map((file) => (
              <li key={file.name} data-present={file.present}>
                <span aria-hidden="true">{file.present ? "✓" : "–"}</span> {file.name}
                <span className="sr-only">{file.present ? ", here" : ", missing"}</span>
              </li>
            ))}
          </ul>
          {downloading && (
            <WorkProgress label={job.message || "Waiting to start"} fraction={job.state === "queued" ? null : job.fraction} />
          )}
          {!data.ready && job?.state === "failed" && !downloading && (
            <ErrorNotice title="The download failed" error={job.failure ?? "It did not say why. Try again, or choose the files."} />
          )}
          {failure !== null && <ErrorNotice title={failure.title} error={failure.error} onClose={() => setFailure(null)} />}
          {!data.ready && (
            <div className={classes.ways}>
              <Button
                onClick={download}
                loading={busy === "download"}
                disabled={downloading}
                leftSection={<IconDownload size={17} />}
                data-testid="mnist-download"
              >
                Download it, 11 MB
              </Button>
              <FileButton multiple onChange={(files) => void upload(files)} inputProps={{ "aria-label": "MNIST's four files" }}>
                {(props) => (
                  <Button
                    {...props}
                    variant="default"
                    loading={busy !== null && busy !== "download"}
                    leftSection={<IconUpload size={17} />}
                  >
                    Choose the four files
                  </Button>
                )}
              </FileButton>
              <p>
                Files already on this machine? Start Inkform with <code>MNIST_DIR=folder</code>. Their sums are checked in every case.
              </p>
            </div>
          )}
        </>
      )}
    </section>
  );
}

async function uploadFile(file: File): Promise<MnistView> {
  const url = `/api/mnist/files?name=${encodeURIComponent(file.name)}`;
  const response = await fetch(url, { method: "PUT", body: file });
  if (!response.ok) throw toApiError(response.status, await response.text(), url);
  return mnistViewSchema.parse(await response.json());
}
