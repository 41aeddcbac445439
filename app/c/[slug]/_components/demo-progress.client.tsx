"use client";

import Link from "next/link";
import { useRef } from "react";
import { jobViewSchema } from "../../../../lib/contracts/common.ts";
import { getJson } from "../../../_components/api-client.ts";
import { ErrorNotice } from "../../../_components/error-notice.tsx";
import { IconCheck } from "../../../_components/icons.tsx";
import { usePolling } from "../../../_components/use-polling.ts";
import { WorkProgress } from "../../../_components/work-progress.tsx";
import classes from "./demo-progress.module.css";

/** How far the demo is; it goes on when the tab is closed, and this address shows it again. */
export function DemoProgress({ jobId }: { jobId: string }) {
  const seen = useRef<{ at: number; fraction: number } | null>(null);
  const { data, error } = usePolling(`job ${jobId}`, (signal) => getJson(jobViewSchema, `/api/jobs/${jobId}`, signal), {
    active: (job) => job.state === "queued" || job.state === "running",
    intervalMs: 600,
  });
  if (data === null) return error === null ? null : <ErrorNotice title="The demo's progress could not be loaded" error={error} />;
  if (data.state === "failed")
    return <ErrorNotice title="The demo stopped" error={new Error(data.failure ?? "It gave no reason; the server's log has it.")} />;
  if (data.state === "stopped") return null;
  if (data.state === "done") return <DemoDone message={data.message} />;
  if (seen.current === null) seen.current = { at: performance.now(), fraction: data.fraction };
  const seconds = (performance.now() - seen.current.at) / 1000;
  const gained = data.fraction - seen.current.fraction;
  const secondsLeft = gained > 0.05 ? ((1 - data.fraction) * seconds) / gained : null;
  return (
    <div className={classes.demo}>
      <WorkProgress
        label={data.message === "" ? "The demo is about to start" : data.message}
        fraction={data.fraction}
        secondsLeft={secondsLeft}
      />
    </div>
  );
}

function DemoDone({ message }: { message: string }) {
  return (
    <div className={classes.done} role="status">
      <IconCheck />
      <p>
        The demo is {message === "" ? "done" : message}. Now <Link href="/draw">draw a digit</Link> and see it read.
      </p>
    </div>
  );
}
