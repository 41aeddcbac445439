"use client";

import Link from "next/link";
import { ApiError, describeError } from "../../../../_components/api-client.ts";
import { formatBytes } from "../../../../_components/format.ts";
import { IconCheck, IconCross, IconRetry, IconWarning } from "../../../../_components/icons.tsx";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import { FileMessage } from "./file-message.tsx";
import classes from "./file-rows.module.css";
import type { Upload, UploadStore } from "./upload-store.ts";

interface UploadListProps {
  readonly uploads: readonly Upload[];
  readonly store: UploadStore;
  /** Of a scan's first page; null where it is not here (yet). */
  readonly addressOf: (scanId: string) => string | null;
}

/** Files on their way, and those that did not arrive: these stay until they are sent again or closed. */
export function UploadList({ uploads, store, addressOf }: UploadListProps) {
  const shown = uploads.filter((upload) => upload.state !== "sent");
  if (shown.length === 0) return null;
  return (
    <ul className={classes.rows} aria-label="Uploads" aria-live="polite" aria-relevant="additions">
      {shown.map((upload) => (
        <li key={upload.id} className={classes.row} data-kind={upload.state}>
          <UploadRow upload={upload} store={store} addressOf={addressOf} />
        </li>
      ))}
    </ul>
  );
}

/** What the server has looked at and refused (empty, no picture, too large) it refuses again. */
function mayHelp(error: unknown): boolean {
  return !(error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500);
}

function UploadRow({ upload, store, addressOf }: Omit<UploadListProps, "uploads"> & { upload: Upload }) {
  const { id, file, state, fraction, error } = upload;
  const close = (
    <button type="button" className={classes.action} onClick={() => store.dismiss(id)} aria-label={`Close the message on ${file.name}`}>
      <IconCross size={16} />
    </button>
  );
  if (state === "failed") {
    return (
      <>
        <IconWarning className={classes.mark} />
        <FileMessage name={file.name} message={describeError(error)} />
        {mayHelp(error) && (
          <button type="button" className={classes.action} onClick={() => store.retry(id)}>
            <IconRetry size={16} /> Again
          </button>
        )}
        {close}
      </>
    );
  }
  if (state === "duplicate") {
    const earlier = upload.result === null ? null : addressOf(upload.result.scanId);
    return (
      <>
        <IconCheck className={classes.mark} />
        <div className={classes.words}>
          <strong>{file.name}</strong>
          <p>
            Already here: the very same file was added before. Nothing is read twice.
            {earlier !== null && (
              <>
                {" "}
                <Link href={earlier}>See it</Link>
              </>
            )}
          </p>
        </div>
        {close}
      </>
    );
  }
  return (
    <div className={classes.progress}>
      <WorkProgress
        label={`${state === "waiting" ? "Waiting" : "Sending"}: ${file.name}`}
        fraction={fraction}
        rate={formatBytes(file.size)}
      />
    </div>
  );
}
