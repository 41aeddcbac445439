"use client";

import { Button } from "@mantine/core";
import { type ChangeEvent, forwardRef } from "react";
import { IconCamera, IconUpload } from "../../../../_components/icons.tsx";
import { ACCEPTED } from "./accepted.ts";
import classes from "./add-files.module.css";

/** The file picker, and on phones and tablets the camera. `ref` is the picker's input, for a key to open it. */
export const AddFiles = forwardRef<HTMLInputElement, { onFiles: (files: FileList) => void }>(function AddFiles({ onFiles }, ref) {
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    if (event.currentTarget.files !== null && event.currentTarget.files.length > 0) onFiles(event.currentTarget.files);
    // the same file can be chosen again after a failure
    event.currentTarget.value = "";
  };
  return (
    <>
      <Button component="label" size="md" leftSection={<IconUpload size={18} />} className={classes.button}>
        Choose files
        <input ref={ref} type="file" multiple accept={ACCEPTED} onChange={take} className="sr-only" />
      </Button>
      <Button
        component="label"
        size="md"
        variant="default"
        leftSection={<IconCamera size={18} />}
        className={`${classes.button} ${classes.camera}`}
      >
        Take a photo
        <input type="file" accept="image/*" capture="environment" onChange={take} className="sr-only" />
      </Button>
    </>
  );
});
