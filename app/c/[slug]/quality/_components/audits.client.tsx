"use client";

import { Button, NumberInput } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { type AuditView, auditViewSchema } from "../../../../../lib/contracts/quality.ts";
import { sendJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatMoment, formatPercent } from "../../../../_components/format.ts";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

/** What remains wrong, shown by a random sample: an exact bound, not an estimate. */
export function Audits({ slug, audits, onDrawn }: { slug: string; audits: readonly AuditView[]; onDrawn: () => void }) {
  const [size, setSize] = useState<number | string>(300);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const draw = () => {
    setError(null);
    setBusy(true);
    sendJson(auditViewSchema, "POST", `/api/collections/${slug}/audits`, { size: Number(size) })
      .then(onDrawn, setError)
      .finally(() => setBusy(false));
  };
  return (
    <section aria-label="Audit">
      <h2 className={classes.title}>Audit</h2>
      <p className={classes.words}>
        Labels drawn at random and checked by a person bound the share that is wrong, whatever the sources are like: if that share were any
        larger, so few errors would be found in one audit of twenty at most.
      </p>
      <div className={classes.actions}>
        <NumberInput
          label="Labels to draw"
          value={size}
          onChange={setSize}
          min={10}
          max={20_000}
          step={100}
          w="9rem"
          allowDecimal={false}
        />
        <Button variant="default" onClick={draw} disabled={busy || !(Number(size) >= 10)} data-testid="draw-audit">
          Draw a sample
        </Button>
      </div>
      {error !== null && <ErrorNotice title="No sample could be drawn" error={error} onRetry={draw} />}
      {audits.length > 0 && (
        <ScrollTable label="Audits" testid="audits">
          <thead>
            <tr>
              <th scope="col">Drawn</th>
              <th scope="col" className={classes.number}>
                Checked
              </th>
              <th scope="col" className={classes.number}>
                Wrong
              </th>
              <th scope="col" className={classes.number}>
                At most wrong, 95 %
              </th>
              <th scope="col">To show 0.1 %</th>
            </tr>
          </thead>
          <tbody>
            {audits.map((audit) => (
              <tr key={audit.id}>
                <td>
                  {audit.checked < audit.size ? (
                    <Link href={`/c/${slug}/review?audit=${audit.id}`}>{formatMoment(audit.createdAt)}: go on checking</Link>
                  ) : (
                    <Link href={`/c/${slug}/review?state=all&audit=${audit.id}`}>{formatMoment(audit.createdAt)}</Link>
                  )}
                </td>
                <td className={classes.number}>
                  {formatCount(audit.checked)} of {formatCount(audit.size)}
                </td>
                <td className={classes.number}>{formatCount(audit.wrong)}</td>
                <td className={classes.number}>{formatPercent(audit.bound)}</td>
                <td>
                  {audit.checksToTarget === 0
                    ? "shown"
                    : audit.checked + audit.checksToTarget >= audit.population
                      ? "all have to be checked"
                      : `${formatCount(audit.checksToTarget)} more, none of them wrong`}
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}
