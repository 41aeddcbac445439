"use client";

import { useEffect, useState } from "react";
import { type AuditView, auditViewSchema, qualityViewSchema } from "../../../../../../lib/contracts/quality.ts";
import { getJson, sendJson } from "../../../../../_components/api-client.ts";
import { formatCount, formatPercent } from "../../../../../_components/format.ts";
import { useNotices } from "../../../../../_components/notices.client.tsx";
import { AddressLink } from "./address-link.client.tsx";
import { NOT_NARROWED, parseAddress, type ReviewAddress } from "./review-address.ts";
import classes from "./review-filters.module.css";

const SAMPLE = 300;

interface AuditProps {
  readonly slug: string;
  readonly address: ReviewAddress;
  /** Grows with what the server has taken: the audit counts only that. */
  readonly savedVersion: number;
  /** A sample is being drawn: what is shown will be gone in a moment. */
  readonly drawing: boolean;
  readonly onDrawing: (drawing: boolean) => void;
  readonly onAddress: (next: Partial<ReviewAddress>) => void;
  readonly onGo: (to: ReviewAddress) => void;
}

/** The collection's newest audit: how far it is, what it shows, what is missing for 0.1 %; or the button that draws a sample. */
export function AuditLine({ slug, address, savedVersion, drawing, onDrawing, onAddress, onGo }: AuditProps) {
  const { showError } = useNotices();
  const [audits, setAudits] = useState<readonly AuditView[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved is a reason to look again
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      getJson(qualityViewSchema, `/api/collections/${slug}/quality`, controller.signal).then(
        (view) => setAudits(view.audits),
        // The list of glyphs says why the server does not answer; this line waits for the next decision.
        () => {},
      );
    }, 400);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [slug, savedVersion]);
  if (audits === null) return null;

  const draw = () => {
    onDrawing(true);
    sendJson(auditViewSchema, "POST", `/api/collections/${slug}/audits`, { size: SAMPLE })
      .then(
        (audit) => {
          setAudits([audit, ...audits]);
          onAddress({ ...NOT_NARROWED, audit: audit.id, state: "open", order: "queue" });
        },
        (error: unknown) => showError("No sample could be drawn", error),
      )
      .finally(() => onDrawing(false));
  };
  const audit = audits.find(({ id }) => id === address.audit) ?? audits[0];
  if (audit === undefined) {
    return (
      <button type="button" className={`${classes.link} ${classes.quiet}`} onClick={draw} disabled={drawing} data-testid="draw-sample">
        Audit: draw {SAMPLE} at random
      </button>
    );
  }
  return (
    <span className={`${classes.auditLine} ${address.audit === null ? classes.quiet : ""}`} data-testid="audit-line">
      Audit:{" "}
      {address.audit === audit.id ? (
        `${formatCount(audit.checked)} of ${formatCount(audit.size)} checked`
      ) : (
        <AddressLink slug={slug} to={parseAddress(new URLSearchParams({ way: "one", audit: audit.id }))} onGo={onGo}>
          {formatCount(audit.checked)} of {formatCount(audit.size)} checked
        </AddressLink>
      )}
      , {formatCount(audit.wrong)} wrong
      {audit.checked > 0 && `, at most ${formatPercent(audit.bound)} (95 %)`}
      {audit.checksToTarget === 0 ? "; 0.1 % is shown" : `; ${formatCount(audit.checksToTarget)} more to show 0.1 %`}
      {audit.checked === audit.size && (
        <button type="button" className={classes.link} onClick={draw} disabled={drawing}>
          Draw another
        </button>
      )}
    </span>
  );
}
