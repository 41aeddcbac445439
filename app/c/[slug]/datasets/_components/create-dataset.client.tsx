"use client";

import { Button, Checkbox, SegmentedControl, Slider } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { CollectionView } from "../../../../../lib/contracts/collections.ts";
import { createDatasetSchema, datasetViewSchema, type CreateDataset as Spec } from "../../../../../lib/contracts/datasets.ts";
import { sendJson } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount } from "../../../../_components/format.ts";
import classes from "./create-dataset.module.css";

interface CreateDatasetProps {
  readonly slug: string;
  readonly counts: CollectionView["counts"] | null;
  readonly mnistReady: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What goes into the next version. The defaults are good: digits, what was looked over, a fifth of the writers kept for the test. */
export function CreateDataset({ slug, counts, mnistReady, onDone, onClose }: CreateDatasetProps) {
  const router = useRouter();
  const { reload } = useCollections();
  const [spec, setSpec] = useState<Spec>(() => createDatasetSchema.parse({ includeAgreeing: counts !== null && counts.reviewed === 0 }));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (part: Partial<Spec>) => setSpec((old) => ({ ...old, ...part }));
  const tooMuch = spec.testFraction + spec.validationFraction >= 1;
  const writers = counts?.writers ?? 0;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const dataset = await sendJson(datasetViewSchema, "POST", `/api/collections/${slug}/datasets`, spec);
      void reload();
      onDone();
      router.push(`/c/${slug}/datasets/${dataset.id}`);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  return (
    <form className={classes.form} onSubmit={submit} aria-label="Build a version">
      <h2>Build a version</h2>
      <div>
        <span className={classes.label} id="classes-label">
          Characters
        </span>
        <SegmentedControl
          aria-labelledby="classes-label"
          data={[
            { value: "digits", label: "Digits" },
            { value: "letters", label: "Letters" },
            { value: "all", label: "Both" },
          ]}
          value={spec.classes}
          onChange={(value) => change({ classes: value as Spec["classes"], ...(value === "letters" && { includeMnist: false }) })}
        />
      </div>
      <Checkbox
        label="Also glyphs nobody looked at, where prompt and model agree"
        description={counts === null ? " " : `${formatCount(counts.reviewed)} of ${formatCount(counts.glyphs)} are looked over so far`}
        checked={spec.includeAgreeing}
        onChange={(event) => change({ includeAgreeing: event.currentTarget.checked })}
      />
      <Checkbox
        label="Mix in MNIST's 60 000 training digits"
        description={mnistReady ? "They go into train only: the test holds your own writers" : "MNIST is not here yet; get it on this page"}
        disabled={!mnistReady || spec.classes === "letters"}
        checked={spec.includeMnist}
        onChange={(event) => change({ includeMnist: event.currentTarget.checked })}
      />
      <Part label="Kept for the test" value={spec.testFraction} writers={writers} onChange={(testFraction) => change({ testFraction })} />
      <Part
        label="Kept for validation"
        value={spec.validationFraction}
        writers={writers}
        onChange={(validationFraction) => change({ validationFraction })}
      />
      <p className={classes.note}>
        Whole writers are kept, never single glyphs: no hand is in two splits, so the test tells how a stranger will be read.
      </p>
      {tooMuch && <p className={classes.problem}>Test and validation together leave no writer to train on. Make one of them smaller.</p>}
      {error !== null && (
        <div>
          <ErrorNotice title="The version was not built" error={error} onClose={() => setError(null)} />
          <p className={classes.note}>
            Nothing was changed. <Link href={`/c/${slug}/review`}>Go to Review</Link> if more glyphs have to be looked over first.
          </p>
        </div>
      )}
      <div className={classes.actions}>
        <Button type="submit" size="md" loading={busy} disabled={tooMuch} data-testid="dataset-create">
          Build it
        </Button>
        <Button variant="subtle" size="md" onClick={onClose} disabled={busy}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Part({ label, value, writers, onChange }: { label: string; value: number; writers: number; onChange: (value: number) => void }) {
  const about =
    value === 0
      ? "none"
      : writers === 0
        ? `${Math.round(value * 100)} % of the writers`
        : `about ${Math.max(1, Math.round(value * writers))} of ${formatCount(writers)} writers`;
  return (
    <div>
      <span className={classes.label}>
        {label} <span className={classes.about}>{about}</span>
      </span>
      <Slider
        thumbLabel={label}
        min={0}
        max={0.6}
        step={0.05}
        label={(v) => `${Math.round(v * 100)} %`}
        value={value}
        onChange={(v) => onChange(Math.round(v * 100) / 100)}
      />
    </div>
  );
}
