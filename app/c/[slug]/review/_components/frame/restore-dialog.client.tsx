"use client";

import { Modal } from "@mantine/core";
import type { GlyphDetail } from "../../../../../../lib/contracts/review.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatMoment } from "../../../../../_components/format.ts";
import type { DecisionKind, GlyphBrief } from "../desk/glyph-mark.ts";
import { describeLabel, signOf } from "../one/describe-label.ts";
import { useGlyphDetail } from "../one/glyph-details.ts";
import classes from "./dialogs.module.css";

interface RestoreProps {
  readonly glyph: GlyphBrief | null;
  /** What people said is not to be shown. */
  readonly blind: boolean;
  readonly onRestore: (kind: DecisionKind, value: string | null) => void;
  readonly onClose: () => void;
}

/** All that was ever said about a glyph; each can be said again. */
export function RestoreDialog({ glyph, blind, onRestore, onClose }: RestoreProps) {
  const { detail, error } = useGlyphDetail(glyph, { blind, ready: true });
  const labels = (detail?.labels ?? []).filter(isDecision);
  return (
    <Modal opened={glyph !== null} onClose={onClose} title="Restore an earlier label">
      {error !== null && <ErrorNotice title="The glyph's labels could not be loaded" error={error} />}
      {detail !== null && labels.length === 0 && <p>Nothing was said about this glyph yet.</p>}
      <ol className={classes.choices}>
        {labels.toReversed().map((label, i) => (
          <li key={label.clientId ?? `${label.source} ${label.at}`}>
            <button type="button" data-autofocus={i === 0 || undefined} onClick={() => onRestore(label.kind, label.value)}>
              <strong>{signOf(label)}</strong>
              <span>{describeLabel(label)}</span>
              <time dateTime={label.at}>{formatMoment(label.at)}</time>
            </button>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

type Label = GlyphDetail["labels"][number];

function isDecision(label: Label): label is Label & { kind: "class" | "unusable" | "blank" } {
  return label.kind === "class" || label.kind === "unusable" || label.kind === "blank";
}
