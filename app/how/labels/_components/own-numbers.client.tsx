"use client";

import Link from "next/link";
import { type QualityView, qualityViewSchema } from "../../../../lib/contracts/quality.ts";
import { getJson } from "../../../_components/api-client.ts";
import { useCollections } from "../../../_components/collections.client.tsx";
import { ErrorNotice } from "../../../_components/error-notice.tsx";
import { formatCount, formatPercent } from "../../../_components/format.ts";
import { GlyphImage } from "../../../_components/glyph-image.client.tsx";
import { useGlyphImages } from "../../../_components/use-glyph-images.ts";
import { usePolling } from "../../../_components/use-polling.ts";
import classes from "./own-numbers.module.css";

/** The same steps with the numbers of the collection last shown. */
export function OwnNumbers() {
  const { slug, current } = useCollections();
  return slug === null ? null : <Numbers slug={slug} name={current?.name ?? slug} key={slug} />;
}

function Numbers({ slug, name }: { slug: string; name: string }) {
  const { data, error } = usePolling(
    `quality ${slug}`,
    (signal) => getJson(qualityViewSchema, `/api/collections/${slug}/quality`, signal),
    {
      active: () => false,
    },
  );
  if (error !== null) return <ErrorNotice title="This collection's numbers could not be loaded" error={error} />;
  if (data === null) return null;
  const { fusion, labelErrors } = data;
  return (
    <section aria-label="In your collection" className={classes.numbers} data-testid="own-numbers">
      <h2>In your collection: {name}</h2>
      {fusion === null ? (
        <p>
          Its labels have not been estimated yet. <Link href={`/c/${slug}/quality`}>Estimate them</Link>, and the steps stand here with its
          own numbers.
        </p>
      ) : (
        <>
          <p>
            {formatCount(fusion.summary.glyphs)} glyphs; the estimate settled after {formatCount(fusion.summary.rounds)} rounds. Writers
            lose the place in {formatPercent(fusion.summary.slipRate, 2)} of the fields. How often each source is right, as learned from all
            of them:
          </p>
          <ul>
            {fusion.summary.sources.map(({ name: source, votes, accuracy }) => (
              <li key={source}>
                {source}: {formatPercent(accuracy, 2)} of {formatCount(votes)}
              </li>
            ))}
          </ul>
          <Example example={fusion.summary.example} slug={slug} />
        </>
      )}
      {labelErrors !== null && <Suspicions slug={slug} summary={labelErrors.summary} />}
    </section>
  );
}

type Summary = NonNullable<QualityView["fusion"]>["summary"];

/** Bayes' rule as a table: a column for each class, a row for each thing said. */
function Example({ example, slug }: { example: Summary["example"]; slug: string }) {
  const { images } = useGlyphImages(example === null ? [] : [example.glyphId]);
  if (example === null) return <p>On no glyph do the sources differ: there is nothing to weigh yet.</p>;
  const rows = [
    { name: "how frequent", values: example.frequency },
    ...example.votes.map(({ source, said, factors }) => ({ name: `${source} says ${said}`, values: factors })),
    { name: "product", values: example.product },
    { name: `divided by the sum over all classes, ${show(example.sum)}`, values: example.alone },
    { name: "with the rest of its field (a lost place)", values: example.posterior },
  ];
  return (
    <>
      <p>
        The glyph on which the sources differ and it is closest.{" "}
        <Link href={`/c/${slug}/scans/${example.pageId}?glyph=${example.glyphId}`}>On its page</Link>
      </p>
      <div className={classes.example}>
        <GlyphImage bytes={images.get(example.glyphId) ?? null} size="5.5rem" label="The glyph of the example, 28 by 28" />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="One glyph's estimate, a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Class</th>
                {example.classes.map((t) => (
                  <th key={t} scope="col">
                    {t}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, values }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {values.map((value, k) => (
                    <td key={example.classes[k]}>{show(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}

function Suspicions({ slug, summary }: { slug: string; summary: NonNullable<QualityView["labelErrors"]>["summary"] }) {
  const { example, thresholds } = summary;
  const threshold = thresholds.find(({ label }) => label === example?.suggestion)?.threshold;
  return (
    <>
      <h3>Label errors</h3>
      <p>
        “Sure” of a class means here, for each class j, t_j ={" "}
        {thresholds.map(({ label, threshold: t }) => `${label}: ${t.toFixed(2)}`).join(", ")}. Of {formatCount(summary.examples)} labels{" "}
        {formatCount(summary.flagged)} are flagged.
      </p>
      {example !== null && threshold !== undefined && (
        <p>
          The surest: labelled {example.label}, but p({example.suggestion}) reaches {threshold.toFixed(2)} and is larger than p(
          {example.label}) by {example.margin.toFixed(3)}. <Link href={`/c/${slug}/review?state=suspect`}>Look at what is flagged</Link>
        </p>
      )}
    </>
  );
}

/** Three digits that count: 0.0106, 0.84, 3.1e-7. */
function show(value: number): string {
  if (value === 0) return "0";
  return value >= 0.0001 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
