"use client";

import { describeError } from "../../../../_components/api-client.ts";
import { formatBytes } from "../../../../_components/format.ts";
import { IconCheck, IconCross, IconRetry, IconWarning } from "../../../../_components/icons.tsx";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import classes from "./file-rows.module.css";
import type { Upload, UploadStore } from "./upload-store.ts";

/** Files on their way, and those that did not arrive: these stay until they are sent again or closed. */
export function UploadList({ uploads, store }: { uploads: readonly Upload[]; store: UploadStore }) {
  const shown = uploads.filter((upload) => upload.state !== "sent");
  if (shown.length === 0) return null;
  return (
    <ul className={classes.rows} aria-label="Uploads" aria-live="polite" aria-relevant="additions">
      {shown.map((upload) => (
        <li key={upload.id} className={classes.row} data-kind={upload.state}>
          <UploadRow upload={upload} store={store} />
        </li>
      ))}
    </ul>
  );
}

function UploadRow({ upload, store }: { upload: Upload; store: UploadStore }) {
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
        <div className={classes.words}>
          <strong>{file.name}</strong>
          <p>{describeError(error)}</p>
        </div>
        <button type="button" className={classes.action} onClick={() => store.retry(id)}>
          <IconRetry size={16} /> Again
        </button>
        {close}
      </>
    );
  }
  if (state === "duplicate") {
    return (
      <>
        <IconCheck className={classes.mark} />
        <div className={classes.words}>
          <strong>{file.name}</strong>
          <p>Already here: the very same file was added before. Nothing is read twice.</p>
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
