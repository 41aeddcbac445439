"use client";

import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Stroke } from "../../../../../lib/glyph/rasterize-strokes.ts";
import type { Model } from "../../../../../lib/mlp/model.ts";
import { GlyphImage } from "../../../../_components/glyph-image.client.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import draw from "../../../../draw/_components/draw.module.css";
import { exampleDigit } from "../../../../draw/_components/example-digits.ts";
import { ProbabilityBars } from "../../../../draw/_components/probability-bars.tsx";
import { readDrawing } from "../../../../draw/_components/read-drawing.ts";
import { Sheet } from "../../../../draw/_components/sheet.client.tsx";
import classes from "./train-in-tab.module.css";

/** A sheet that the network of this tab reads, while it learns and after. */
export function TabPad({ model, learning }: { model: Model; learning: boolean }) {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const reading = useMemo(() => readDrawing(model, strokes), [model, strokes]);
  const digits = [..."0123456789"].filter((digit) => model.classes.includes(digit));
  useKeys("Try it out", [
    { keys: ["c", "Delete", "Escape"], shown: "C", does: "Clear the sheet", run: () => setStrokes([]) },
    {
      keys: [..."0123456789"],
      shown: "0 - 9",
      does: "Draw an example of this digit",
      run: (event) => setStrokes(exampleDigit(Number(event.key))),
    },
  ]);
  return (
    <div className={classes.pad}>
      <div className={classes.paper}>
        <Sheet strokes={strokes} onChange={setStrokes} />
        <div className={draw.tools}>
          <Button variant="default" size="xs" onClick={() => setStrokes([])} disabled={strokes.length === 0}>
            Clear
          </Button>
          {digits.length > 0 && <span className={draw.hint}>or press 0 to 9 for an example</span>}
        </div>
      </div>
      <div className={classes.reading}>
        <div className={draw.answer}>
          <GlyphImage bytes={reading?.image ?? null} size={84} label="The drawing as the network sees it, 28 by 28" />
          <div>
            <output className={classes.verdict} aria-live="polite" data-testid="tab-verdict">
              {reading === null ? "–" : model.classes[reading.best]}
            </output>
            <p className={draw.certainty}>
              {reading === null
                ? learning
                  ? "Draw: it reads while it learns."
                  : "Nothing drawn yet."
                : `${(100 * reading.probabilities[reading.best]).toFixed(1)} % sure, in ${reading.milliseconds.toFixed(1)} ms.`}
            </p>
          </div>
        </div>
        <ProbabilityBars classNames={model.classes} probabilities={reading?.probabilities ?? null} best={reading?.best ?? null} />
      </div>
    </div>
  );
}
