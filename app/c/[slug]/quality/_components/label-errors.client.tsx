"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { type QualityView, qualityViewSchema } from "../../../../../lib/contracts/quality.ts";
import { sendJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatMoment, formatPercent, formatPlural } from "../../../../_components/format.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import classes from "./section.module.css";

interface LabelErrorsProps {
  readonly slug: string;
  readonly view: QualityView;
  readonly onStarted: (view: QualityView) => void;
}

/** Labels that networks contradict which have not seen their writer: flagged for people, never changed. */
export function LabelErrors({ slug, view: { labelErrors, labelErrorsJob: job }, onStarted }: LabelErrorsProps) {
  const [error, setError] = useState<unknown>(null);
  const start = () => {
    setError(null);
    sendJson(qualityViewSchema, "POST", `/api/collections/${slug}/label-errors`).then(onStarted, setError);
  };
  const failure = job?.state === "failed" ? job.failure : null;
  const busy = job !== null && failure === null;
  return (
    <section aria-label="Label errors">
      <h2 className={classes.title}>Label errors</h2>
      <p className={classes.words}>
        Networks are trained on these labels, each without some of the writers, and read what those wrote. Where one is surer of another
        class than it usually is of that class, the label is flagged for you to look at. It takes a training for each fifth of the writers;
        no label is changed. <Link href="/how/labels#labels-that-a-network-finds-suspicious">How it works</Link>
      </p>
      {labelErrors !== null && (
        <p className={classes.words} data-testid="label-errors">
          {formatMoment(labelErrors.at)}: {formatPlural(labelErrors.summary.flagged, "label")} flagged of{" "}
          {formatCount(labelErrors.summary.examples)}, {formatCount(labelErrors.open)} not looked at yet; about{" "}
          {formatPercent(labelErrors.summary.noise, 2)} are estimated to be wrong.
          {labelErrors.summary.pairs.length > 0 && (
            <>
              {" "}
              Most often{" "}
              {labelErrors.summary.pairs
                .slice(0, 3)
                .map(({ label, suggestion, count }) => `${label} that looks like ${suggestion} (${formatCount(count)})`)
                .join(", ")}
              .
            </>
          )}
        </p>
      )}
      {error !== null && <ErrorNotice title="The search could not be started" error={error} onRetry={start} />}
      {failure !== null && <ErrorNotice title="Label errors could not be looked for" error={new Error(failure)} />}
      {busy && <WorkProgress label={job.message || "Waiting for its turn"} fraction={job.fraction} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={start} disabled={busy} data-testid="find-label-errors">
          {labelErrors === null ? "Look for label errors" : "Look again"}
        </Button>
        {labelErrors !== null && labelErrors.open > 0 && (
          <Button component={Link} href={`/c/${slug}/review?state=suspect`} data-testid="review-suspect">
            Look at {formatPlural(labelErrors.open, "flagged label")}
          </Button>
        )}
      </div>
    </section>
  );
}
