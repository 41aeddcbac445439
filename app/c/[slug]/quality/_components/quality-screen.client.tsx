"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { qualityViewSchema } from "../../../../../lib/contracts/quality.ts";
import { getJson, sendJson } from "../../../../_components/api-client.ts";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatMoment, formatPlural } from "../../../../_components/format.ts";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { usePolling } from "../../../../_components/use-polling.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import { Audits } from "./audits.client.tsx";
import { DoubtByWriter } from "./doubt-by-writer.tsx";
import { ErrorPlaces } from "./error-places.tsx";
import { LabelErrors } from "./label-errors.client.tsx";
import classes from "./quality-screen.module.css";
import { Reviewers } from "./reviewers.tsx";
import { Slips } from "./slips.tsx";
import { Sources } from "./sources.tsx";

/** Quality: how far can the labels be trusted, and whom? */
export function QualityScreen({ slug }: { slug: string }) {
  const address = `/api/collections/${slug}/quality`;
  const { data, error, reload, replace } = usePolling(`quality ${slug}`, (signal) => getJson(qualityViewSchema, address, signal), {
    active: (view) => view.job !== null || (view.labelErrorsJob !== null && view.labelErrorsJob.state !== "failed"),
  });
  const [startError, setStartError] = useState<unknown>(null);
  const start = () => {
    setStartError(null);
    sendJson(qualityViewSchema, "POST", address).then(replace, setStartError);
  };
  const busy = data !== null && data.job !== null;
  useKeys("Quality", [{ keys: ["e"], does: "Estimate again", run: () => !busy && start() }]);

  const summary = data?.fusion?.summary ?? null;
  return (
    <div className={classes.screen}>
      <PageHeader
        title="Quality"
        lead={data?.fusion ? describeAge(data.fusion.at, data.newLabels) : "How far the labels can be trusted, and whose."}
      >
        <Button
          variant={summary === null || data?.newLabels === 0 ? "default" : "filled"}
          onClick={start}
          disabled={data === null || busy}
          data-testid="estimate"
        >
          {summary === null ? "Estimate" : "Estimate again"}
        </Button>
        {summary !== null && summary.expectedErrors >= 0.05 && (
          <Button
            component={Link}
            href={`/c/${slug}/review?state=all&order=doubt`}
            rightSection={<IconArrowRight size={18} />}
            data-testid="review-doubtful"
          >
            Look at the most doubtful
          </Button>
        )}
      </PageHeader>
      {error !== null && data === null && (
        <ErrorNotice title="The labels' quality could not be loaded" error={error} onRetry={() => void reload()} />
      )}
      {startError !== null && <ErrorNotice title="The estimate could not be started" error={startError} onRetry={start} />}
      {data?.job && <WorkProgress label={data.job.message || "Waiting for its turn"} fraction={data.job.fraction} />}
      {data !== null && summary === null && !busy && (
        <EmptyState
          title="Not estimated yet"
          text="Prompt, model and every reviewer say what a glyph is; none is always right. The estimate weighs them by how often each is right, which it learns from where they agree and differ, and says which labels are doubtful."
        >
          <Button onClick={start} size="md" data-testid="estimate-first">
            Estimate the labels
          </Button>
        </EmptyState>
      )}
      {summary !== null && summary.glyphs === 0 && (
        <p className={classes.words}>There was no glyph to estimate. Add scans of filled-in cards first.</p>
      )}
      {data !== null && summary === null && !busy && <LabelErrors slug={slug} view={data} onStarted={replace} />}
      {summary !== null && summary.glyphs > 0 && (
        <div className={classes.body} data-busy={busy || undefined}>
          <section aria-label="Expected errors">
            <p className={classes.figure} data-testid="expected-errors">
              {formatErrors(summary.expectedErrors)}{" "}
              <span>
                {summary.expectedErrors < 1.5 && summary.expectedErrors >= 0.5 ? "wrong label expected" : "wrong labels expected"}
              </span>
            </p>
            <p className={classes.words}>
              Among {formatCount(summary.labelled)} labels of {formatPlural(summary.glyphs, "glyph")}; {formatCount(summary.contradicted)}{" "}
              of them the estimate would have otherwise. It changes no label: people do.{" "}
              {summary.converged ? "" : "It had not settled yet. "}
              <Link href="/how/labels">How it is estimated</Link>
            </p>
          </section>
          <Sources sources={summary.sources} />
          <LabelErrors slug={slug} view={data!} onStarted={replace} />
          <Audits slug={slug} audits={data!.audits} onDrawn={() => void reload()} />
          <Reviewers slug={slug} {...summary} />
          <Slips slug={slug} slips={summary.slips} />
          <DoubtByWriter slug={slug} writers={summary.writers} />
          <ErrorPlaces slug={slug} {...summary} />
        </div>
      )}
    </div>
  );
}

function describeAge(at: string, newLabels: number): string {
  const since = newLabels === 0 ? "no label since" : `${formatPlural(newLabels, "label")} since`;
  return `Estimated ${formatMoment(at)}, ${since}.`;
}

/** "0.3", "12": a few are told to a tenth. */
function formatErrors(expected: number): string {
  return expected < 10 ? expected.toFixed(1) : formatCount(Math.round(expected));
}
