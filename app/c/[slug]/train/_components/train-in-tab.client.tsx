"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { IconArrowRight, IconDownload } from "../../../../_components/icons.tsx";
import type { TabChoice } from "./load-tab-data.ts";
import { TabForm } from "./tab-form.client.tsx";
import { TabLive } from "./tab-live.client.tsx";
import { TabPad } from "./tab-pad.client.tsx";
import classes from "./train-in-tab.module.css";
import { useTabTraining } from "./use-tab-training.ts";

interface TrainInTabProps {
  readonly slug: string;
  readonly choices: readonly TabChoice[];
  readonly wanted: string | null;
  /** The server has the network as a run. */
  readonly onKept: () => void;
}

/** The engine in this page: trains in a worker, reads drawings at once, sends nothing until the network is kept. */
export function TrainInTab({ slug, choices, wanted, onKept }: TrainInTabProps) {
  const { state, store } = useTabTraining(slug);
  const { phase, model, file, keeping } = state;
  const busy = phase === "loading" || phase === "running" || phase === "paused";
  const keep = async () => {
    if (await store.keep()) onKept();
  };

  if (choices.length === 0) {
    return (
      <p className={classes.none}>
        There is nothing to learn from yet: <Link href={`/c/${slug}/datasets`}>build a dataset or get MNIST</Link>.
      </p>
    );
  }
  return (
    <div className={classes.screen} data-testid="train-in-tab" data-phase={phase}>
      <p className={classes.lead}>
        The same engine in this page: WebAssembly, in a worker of its own. Nothing is sent while it learns; closing the tab ends it.
      </p>
      <TabForm choices={choices} wanted={wanted} busy={busy} onStart={(choice, settings) => void store.start(choice, settings)} />
      {phase === "failed" && <ErrorNotice title="The training in this tab ended" error={state.error} />}
      {phase !== "idle" && (phase !== "failed" || state.curve.length > 0) && (
        <section aria-label="Training in this tab">
          <TabLive state={state} store={store} />
        </section>
      )}
      {model !== null && phase !== "failed" && (
        <section aria-label="Try it out">
          <h2>Try it out</h2>
          <TabPad model={model} learning={busy} />
        </section>
      )}
      {file !== null && (
        <section aria-label="Keep it" className={classes.keep}>
          <div className={classes.buttons}>
            {typeof keeping === "object" ? (
              <Button
                component={Link}
                href={`/c/${slug}/evaluate?model=${keeping.id}`}
                rightSection={<IconArrowRight size={15} />}
                data-testid="tab-kept"
              >
                Kept as run {keeping.number}: evaluate it
              </Button>
            ) : (
              <Button onClick={() => void keep()} loading={keeping === "sending"} data-testid="tab-keep">
                Keep it
              </Button>
            )}
            <DownloadButton file={file} />
          </div>
          <p className={classes.about}>Kept, it is a run of this collection on the server. As an .ink file it is yours to take along.</p>
          {state.keepError !== null && <ErrorNotice title="The network was not kept" error={state.keepError} />}
        </section>
      )}
    </div>
  );
}

function DownloadButton({ file }: { file: Uint8Array }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([file as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return (
    <Button
      component="a"
      href={address ?? undefined}
      download="trained-in-tab.ink"
      variant="default"
      leftSection={<IconDownload size={15} />}
      data-testid="tab-download"
    >
      Download
    </Button>
  );
}
