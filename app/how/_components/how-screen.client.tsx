"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { rasterizeStrokes } from "../../../lib/glyph/rasterize-strokes.ts";
import { ErrorNotice } from "../../_components/error-notice.tsx";
import { useKeys } from "../../_components/keys.client.tsx";
import { PageHeader } from "../../_components/page-header.tsx";
import { exampleDigit } from "../../draw/_components/example-digits.ts";
import { type Drawing, recallDrawing, rememberDrawing } from "../../draw/_components/last-drawing.ts";
import { useModel } from "../../draw/_components/use-model.ts";
import { explainDigit, rateOf } from "./explain.ts";
import classes from "./how.module.css";
import { Story } from "./story.client.tsx";

/** How it works: one digit through this network and back, in its own numbers. */
export function HowScreen() {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [own, setOwn] = useState(false);
  useEffect(() => {
    const kept = recallDrawing();
    setOwn(kept !== null);
    setDrawing(kept ?? { model: "starter", image: normalizeGlyph(rasterizeStrokes(exampleDigit(4))) });
  }, []);
  const { model, error, retry } = useModel(drawing?.model ?? "starter");
  const [truth, setTruth] = useState<number | null>(null);

  const showExample = (d: number) => {
    const next = { model: drawing?.model ?? "starter", image: normalizeGlyph(rasterizeStrokes(exampleDigit(d))) };
    rememberDrawing(next.model, next.image);
    setDrawing(next);
    setOwn(false);
    setTruth(null);
  };
  useKeys("How it works", [
    {
      keys: [..."0123456789"],
      shown: "0 - 9",
      does: "Show it with an example of this digit",
      run: (event) => showExample(Number(event.key)),
    },
  ]);

  const explained = useMemo(() => {
    if (model === null || drawing === null) return null;
    const read = explainDigit(model, drawing.image, { truth: 0, rate: 0 }).best;
    const wanted = truth ?? read;
    return { wanted, ...explainDigit(model, drawing.image, { truth: wanted, rate: rateOf(model) }) };
  }, [model, drawing, truth]);

  return (
    <article className={classes.how}>
      <PageHeader
        title="How it works"
        lead={
          own
            ? "The character you drew last, on its way through the network and back. Every number below is its own."
            : "An example digit on its way through the network and back. Every number below is its own; draw one to see yours."
        }
      >
        <Button component={Link} href="/how/mathematics" variant="subtle">
          The mathematics, line by line
        </Button>
        <Button component={Link} href="/draw" variant="default">
          Draw a digit
        </Button>
      </PageHeader>
      {error !== null && <ErrorNotice title="The network could not be loaded" error={error} onRetry={retry} />}
      {explained === null || model === null || drawing === null ? (
        error === null && <p className="sr-only">Loading the network</p>
      ) : (
        <Story image={drawing.image} names={model.classes} sizes={model.layers} e={explained} truth={explained.wanted} onTruth={setTruth} />
      )}
    </article>
  );
}
