"use client";

import { Button, Select } from "@mantine/core";
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import { z } from "zod";
import { modelViewSchema } from "../../../lib/contracts/runs.ts";
import type { Stroke } from "../../../lib/glyph/rasterize-strokes.ts";
import { getJson } from "../../_components/api-client.ts";
import { ErrorNotice } from "../../_components/error-notice.tsx";
import { GlyphImage } from "../../_components/glyph-image.client.tsx";
import { useKeys } from "../../_components/keys.client.tsx";
import { modelLabel } from "../../_components/model-label.ts";
import { PageHeader } from "../../_components/page-header.tsx";
import { usePolling } from "../../_components/use-polling.ts";
import classes from "./draw.module.css";
import { exampleDigit } from "./example-digits.ts";
import { HiddenLayer } from "./hidden-layer.client.tsx";
import { rememberDrawing } from "./last-drawing.ts";
import { ProbabilityBars } from "./probability-bars.tsx";
import { readDrawing } from "./read-drawing.ts";
import { Sheet } from "./sheet.client.tsx";
import { useModel } from "./use-model.ts";

const modelsSchema = z.object({ models: z.array(modelViewSchema) });

/** Draw a character and see it read while the pen moves, by the network in this page: nothing is sent anywhere. */
export function DrawScreen() {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [modelId, setModelId] = useState("starter");
  const models = usePolling("models", (signal) => getJson(modelsSchema, "/api/models", signal), { active: () => false });
  const { model, error, retry } = useModel(modelId);
  const reading = useMemo(() => (model === null ? null : readDrawing(model, strokes)), [model, strokes]);

  useEffect(() => {
    const wanted = new URLSearchParams(window.location.search).get("model");
    if (wanted) setModelId(wanted);
  }, []);
  useEffect(() => {
    if (reading !== null) rememberDrawing(modelId, reading.image);
  }, [modelId, reading]);

  const choose = (id: string | null) => {
    if (id === null) return;
    setModelId(id);
    window.history.replaceState(null, "", id === "starter" ? "/draw" : `/draw?model=${encodeURIComponent(id)}`);
  };
  const undo = () => setStrokes((before) => before.slice(0, -1));
  const clear = () => setStrokes([]);
  useKeys("Draw", [
    { keys: ["c", "Delete", "Escape"], shown: "C", does: "Clear the sheet", run: clear },
    { keys: ["z", "Ctrl+z", "Backspace"], shown: "Z", does: "Take the last stroke back", run: undo },
    {
      keys: [..."0123456789"],
      shown: "0 - 9",
      does: "Draw an example of this digit",
      run: (event) => setStrokes(exampleDigit(Number(event.key))),
    },
  ]);

  const names = model?.classes ?? [..."0123456789"];
  const hidden = reading?.layers.slice(1, -1) ?? [];
  const probability = reading === null ? 0 : reading.probabilities[reading.best];
  return (
    <>
      <PageHeader title="Draw" lead="The network runs in this page and reads while the pen moves.">
        <Select
          aria-label="Network"
          data={
            models.data?.models.map((model) => ({ value: model.id, label: modelLabel(model) })) ?? [
              { value: modelId, label: "Starter model" },
            ]
          }
          value={modelId}
          onChange={choose}
          allowDeselect={false}
        />
      </PageHeader>
      {error !== null && <ErrorNotice title="The network could not be loaded" error={error} onRetry={retry} />}
      {models.error !== null && (
        <ErrorNotice title="The list of networks could not be loaded" error={models.error} onRetry={() => void models.reload()} />
      )}
      <div className={classes.layout}>
        <section className={classes.paper} aria-label="Sheet">
          <Sheet strokes={strokes} onChange={setStrokes} />
          <div className={classes.tools}>
            <Button variant="default" onClick={undo} disabled={strokes.length === 0}>
              Undo stroke
            </Button>
            <Button variant="default" onClick={clear} disabled={strokes.length === 0}>
              Clear
            </Button>
            <span className={classes.hint}>or press 0 to 9 for an example</span>
          </div>
        </section>
        <section className={classes.reading} aria-label="Reading">
          <div className={classes.answer}>
            <GlyphImage bytes={reading?.image ?? null} size={112} label="The drawing as the network sees it, 28 by 28" />
            <div>
              <output className={classes.verdict} aria-live="polite" data-testid="draw-verdict">
                {reading === null ? "–" : names[reading.best]}
              </output>
              <p className={classes.certainty}>
                {reading === null
                  ? "Nothing drawn yet."
                  : `${(100 * probability).toFixed(1)} % sure, in ${reading.milliseconds.toFixed(1)} ms.`}
              </p>
            </div>
          </div>
          <ProbabilityBars classNames={names} probabilities={reading?.probabilities ?? null} best={reading?.best ?? null} />
          {model?.layers.slice(1, -1).map((count, l) => {
            const values = hidden[l] ?? null;
            const on = values === null ? 0 : values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
              <figure key={l} className={classes.layer}>
                <figcaption>
                  {model.networks.length > 1 && `The first of ${model.networks.length} networks that vote. `}Hidden layer {l + 1}:{" "}
                  {values === null ? `${count} units` : `${on} of ${count} units lit`}
                </figcaption>
                <HiddenLayer values={values} count={count} label={`Activations of the ${count} units of hidden layer ${l + 1}`} />
              </figure>
            );
          })}
          <p className={classes.next}>
            <Link href="/how">See how it comes to that, with this digit's numbers</Link>
          </p>
        </section>
      </div>
    </>
  );
}
