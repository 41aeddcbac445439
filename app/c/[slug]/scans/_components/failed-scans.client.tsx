"use client";

import type { ScanView } from "../../../../../lib/contracts/scans.ts";
import { IconRetry, IconTrash, IconWarning } from "../../../../_components/icons.tsx";
import { FileMessage } from "./file-message.tsx";
import classes from "./file-rows.module.css";

interface FailedScansProps {
  readonly scans: readonly ScanView[];
  readonly onRetry: (scan: ScanView) => void;
  readonly onDelete: (scan: ScanView) => void;
}

/** Files that arrived and could not be read as a whole; a file of which single pages failed is among the pages. */
export function FailedScans({ scans, onRetry, onDelete }: FailedScansProps) {
  if (scans.length === 0) return null;
  return (
    <ul className={classes.rows} aria-label="Files that could not be read">
      {scans.map((scan) => (
        <li key={scan.id} className={classes.row} data-kind="failed">
          <IconWarning className={classes.mark} />
          <FileMessage name={scan.fileName} message={scan.failure ?? "It was stopped before it was read."} />
          {scan.canRetry && (
            <button type="button" className={classes.action} onClick={() => onRetry(scan)} aria-label={`Read ${scan.fileName} again`}>
              <IconRetry size={16} /> Again
            </button>
          )}
          <button type="button" className={classes.action} onClick={() => onDelete(scan)} aria-label={`Delete ${scan.fileName}`}>
            <IconTrash size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
