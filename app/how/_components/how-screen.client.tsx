"use client";

import { Button, Select } from "@mantine/core";
import Link from "next/link";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { rasterizeStrokes } from "../../../lib/glyph/rasterize-strokes.ts";
import { ErrorNotice } from "../../_components/error-notice.tsx";
import { formatCount } from "../../_components/format.ts";
import { GlyphImage } from "../../_components/glyph-image.client.tsx";
import { useKeys } from "../../_components/keys.client.tsx";
import { PageHeader } from "../../_components/page-header.tsx";
import { exampleDigit } from "../../draw/_components/example-digits.ts";
import { HiddenLayer } from "../../draw/_components/hidden-layer.client.tsx";
import { type Drawing, recallDrawing, rememberDrawing } from "../../draw/_components/last-drawing.ts";
import { useModel } from "../../draw/_components/use-model.ts";
import { type Explanation, explainDigit, rateOf } from "./explain.ts";
import { Formula } from "./formula.tsx";
import { FORMULAS } from "./formulas.ts";
import classes from "./how.module.css";
import { SignedImage } from "./signed-image.client.tsx";

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

interface StoryProps {
  readonly image: Uint8Array;
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly e: Explanation;
  readonly truth: number;
  readonly onTruth: (truth: number) => void;
}

function Story({ image, names, sizes, e, truth, onTruth }: StoryProps) {
  const L = sizes.length - 1;
  const lit = image.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  const mass = centreOfMass(image);
  const p = e.layers[L];
  const weights = sizes.slice(1).reduce((total, units, l) => total + (sizes[l] + 1) * units, 0);
  return (
    <>
      <Step
        number={1}
        title="Ink becomes 28 × 28"
        figure={<Framed image={image} mass={mass} />}
        file="lib/glyph/normalize-glyph.reference.ts"
      >
        <p>
          As MNIST&apos;s makers did it: the tight box of the ink, <Var>h</Var> by <Var>w</Var>, is set in a square of side <Var>m</Var>.
          Each of its pixels is spread by area over 20 × 20, covering 0.99 of its share; the strongest becomes 255.
        </p>
        <Formula {...FORMULAS.square} />
        <p>
          Then the 20 × 20 is pasted where its centre of mass comes close to the middle, by rows and by columns. The offset is truncated,
          not rounded: that half pixel is why digits prepared by the usual recipes are misread.
        </p>
        <Formula {...FORMULAS.centre} />
        <p className={classes.own}>
          Here {lit} of 784 pixels hold ink; the centre of mass is at row {mass.row.toFixed(2)}, column {mass.column.toFixed(2)}.
          MNIST&apos;s own lie between 13.98 and 15.00.
        </p>
      </Step>

      <Step
        number={2}
        title="The forward pass"
        figure={<HiddenLayers e={e} sizes={sizes} />}
        file="lib/mlp/kernels/forward-layer.reference.ts"
      >
        <p>
          The pixels become numbers from 0 to 1. Each layer multiplies what comes in by its weights, adds its biases, and lets through only
          what is positive.
        </p>
        <Formula {...FORMULAS.input} />
        <Formula {...FORMULAS.forward} />
        <p className={classes.own}>
          This network is {sizes.join("–")}: {formatCount(weights)} numbers, all learned. The last layer keeps its scores as they are,
          without <Var>f</Var>.
        </p>
      </Step>

      <Step
        number={3}
        title="One unit, up close"
        figure={
          <div className={classes.pictures}>
            <figure>
              <SignedImage values={e.unit.weights} label={`The 784 weights of unit ${e.unit.index}`} />
              <figcaption>its weights</figcaption>
            </figure>
            <figure>
              <SignedImage values={e.unit.products} label="Pixels times weights" />
              <figcaption>pixels × weights</figcaption>
            </figure>
          </div>
        }
        file="lib/mlp/forward-all.ts"
      >
        <p>
          Unit {e.unit.index} of the first hidden layer is the one this digit excites most. Its weights are a picture too: blue where ink
          speaks for it, red where ink speaks against. Multiplied by the digit, only what lies under the ink is left. The sum of that, with
          the bias, is <Var>z</Var>.
        </p>
        <p className={classes.numbers}>
          <Var>z</Var> = {format(e.unit.sum - e.unit.bias)} {e.unit.bias < 0 ? "−" : "+"} {format(Math.abs(e.unit.bias))} ={" "}
          <b>{format(e.unit.sum)}</b>, <Var>a</Var> = <b>{format(e.unit.activation)}</b>
        </p>
      </Step>

      <Step
        number={4}
        title="Scores become probabilities"
        figure={<Scores names={names} scores={e.scores} p={p} best={e.best} />}
        file="lib/mlp/kernels/softmax-cross-entropy.reference.ts"
      >
        <p>
          The last layer gives each class a score <Var>z</Var>, of any size and sign. Softmax makes them positive and lets them sum to 1.
          Only differences count: two points more make a class {Math.exp(2).toFixed(1)} times as probable.
        </p>
        <Formula {...FORMULAS.softmax} />
        <p className={classes.own}>
          It reads <b>{names[e.best]}</b>, {percent(p[e.best])} sure.
        </p>
      </Step>

      <Step
        number={5}
        title="How wrong was that?"
        figure={
          <div className={classes.truth}>
            <Select
              label="It should have been"
              data={names.map((name, c) => ({ value: String(c), label: name }))}
              value={String(truth)}
              onChange={(value) => value !== null && onTruth(Number(value))}
              allowDeselect={false}
              data-testid="how-truth"
            />
            <p className={classes.big} data-testid="how-loss">
              {format(e.loss)}
            </p>
            <p className={classes.own}>the loss, −ln {short(p[truth])}</p>
          </div>
        }
        file="lib/mlp/kernels/softmax-cross-entropy.reference.ts"
      >
        <p>
          The loss looks at the probability of the true class <Var>t</Var> alone. Sure and right costs nothing; sure and wrong costs without
          bound. Choose another truth and see.
        </p>
        <Formula {...FORMULAS.loss} />
      </Step>

      <Step
        number={6}
        title="The error goes back"
        figure={
          <div className={classes.pictures}>
            <figure>
              <SignedImage values={e.unit.gradient} label={`The gradient of the weights of unit ${e.unit.index}`} />
              <figcaption>gradient of unit {e.unit.index}&apos;s weights</figcaption>
            </figure>
          </div>
        }
        file="lib/mlp/kernels/backward-layer.reference.ts"
      >
        <p>
          At the output, the derivative of the loss is as simple as it could be: the probabilities, less 1 at the true class. Each layer
          passes it down through the same weights that brought the signal up; where a unit was off, <Var>f′</Var> is 0 and nothing passes.
        </p>
        <Formula {...FORMULAS.outputError} />
        <Formula {...FORMULAS.backward} />
        <Formula {...FORMULAS.gradient} />
        <p className={classes.own}>
          At the output the true class {names[truth]} gets {format(e.outputErrors[truth])}; back at unit {e.unit.index} arrives{" "}
          {format(e.unit.delta)}. So its gradient is the digit itself, {format(e.unit.delta)} times as dark.
        </p>
      </Step>

      <Step
        number={7}
        title="Every weight takes a step"
        figure={
          <dl className={classes.before}>
            <div>
              <dt>
                one weight, from unit {e.weight.from} to {names[truth]}
              </dt>
              <dd>
                {e.weight.before.toFixed(6).replace("-", "−")} → {e.weight.after.toFixed(6).replace("-", "−")}
              </dd>
            </div>
            <div>
              <dt>loss on this digit, before and after</dt>
              <dd data-testid="how-step">
                {format(e.loss)} → {format(e.lossAfter)}
              </dd>
            </div>
          </dl>
        }
        file="lib/mlp/kernels/update-layer.reference.ts"
      >
        <p>
          Against the gradient, a little: <Var>η</Var> is the learning rate, <Var>μ</Var> the momentum that keeps the direction of earlier
          steps. In training the gradient is the mean over a batch, and <Var>η</Var> falls along a cosine.
        </p>
        <Formula {...FORMULAS.update} />
        <p className={classes.own}>
          One step on this digit alone, <Var>v</Var> = 0 and <Var>η</Var> = {short(e.rate)}: that weight&apos;s gradient is{" "}
          {format(e.weight.activation)} × {format(e.outputErrors[truth])} = {format(e.weight.gradient)}. Nothing of this is kept.
        </p>
      </Step>

      <p className={classes.end}>
        That is all of it, a few hundred thousand times. The room <code>lib/mlp</code> holds it in plain TypeScript, each kernel beside the
        fast one that must give the same numbers; the gradients are checked against finite differences.{" "}
        <Link href="/how/mathematics">The mathematics, line by line</Link>, is written beside it. <Link href="/draw">Draw another</Link>.
      </p>
    </>
  );
}

function Step(props: { number: number; title: string; figure: ReactNode; file: string; children: ReactNode }) {
  return (
    <section className={classes.step} aria-label={props.title}>
      <div className={classes.text}>
        <h2>
          <span aria-hidden="true">{props.number}</span> {props.title}
        </h2>
        {props.children}
        <p className={classes.file}>
          <code>{props.file}</code>
        </p>
      </div>
      <div className={classes.figure}>{props.figure}</div>
    </section>
  );
}

function Framed({ image, mass }: { image: Uint8Array; mass: { row: number; column: number } }) {
  return (
    <div className={classes.framed}>
      <GlyphImage bytes={image} size={252} label="The digit as the network sees it, 28 by 28" />
      <svg viewBox="0 0 28 28" aria-hidden="true">
        <rect x="4" y="4" width="20" height="20" />
        <path d={`M${mass.column} 0V28M0 ${mass.row}H28`} />
      </svg>
    </div>
  );
}

function HiddenLayers({ e, sizes }: { e: Explanation; sizes: readonly number[] }) {
  return (
    <div className={classes.layers}>
      {sizes.slice(1, -1).map((count, l) => {
        const on = e.layers[l + 1].reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
          <figure key={l}>
            <HiddenLayer values={e.layers[l + 1]} count={count} label={`Activations of hidden layer ${l + 1}`} />
            <figcaption>
              layer {l + 1}: {on} of {count} units let something through
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}

function Scores({ names, scores, p, best }: { names: readonly string[]; scores: Float64Array; p: Float32Array; best: number }) {
  const shown = names
    .map((_, c) => c)
    .sort((a, b) => p[b] - p[a])
    .slice(0, 10)
    .sort((a, b) => a - b);
  return (
    <table className={classes.scores} data-testid="how-scores">
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col">score z</th>
          <th scope="col">p</th>
          <th scope="col">
            <span className="sr-only">bar</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((c) => (
          <tr key={names[c]} data-best={c === best || undefined}>
            <th scope="row">{names[c]}</th>
            <td>{scores[c].toFixed(2).replace("-", "−")}</td>
            <td>{short(p[c])}</td>
            <td className={classes.barCell}>
              <span style={{ width: `${100 * p[c]}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Var({ children }: { children: string }) {
  return <var className={classes.variable}>{children}</var>;
}

function centreOfMass(image: Uint8Array): { row: number; column: number } {
  let sum = 0;
  let row = 0;
  let column = 0;
  image.forEach((value, k) => {
    sum += value;
    row += value * (Math.floor(k / 28) + 0.5);
    column += value * ((k % 28) + 0.5);
  });
  return { row: row / sum, column: column / sum };
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(2)} %`;
}

/** Four places, or three significant digits where these would be zeros. */
function format(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return short(value);
  return value.toFixed(4).replace("-", "−");
}

/** Three significant digits; powers of ten where it is tiny. */
function short(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.001) return String(Number(value.toPrecision(4))).replace("-", "−");
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")].map((char) => (char === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(char)])).join("");
  return `${digits.replace("-", "−")} · 10${raised}`;
}
