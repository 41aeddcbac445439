"use client";

import { Select } from "@mantine/core";
import Link from "next/link";
import { formatCount, formatPercent } from "../../_components/format.ts";
import { centreOfMass } from "./centre-of-mass.ts";
import type { Explanation } from "./explain.ts";
import { Framed, HiddenLayers, Scores } from "./figures.client.tsx";
import { Formula } from "./formula.tsx";
import { FORMULAS } from "./formulas.ts";
import classes from "./how.module.css";
import { formatNumber, formatShort } from "./numbers.ts";
import { SignedImage } from "./signed-image.client.tsx";
import { Step, Var } from "./step.tsx";

interface StoryProps {
  readonly image: Uint8Array;
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly e: Explanation;
  readonly truth: number;
  readonly onTruth: (truth: number) => void;
}

/** The seven steps of one digit: there and back, each with its formula and its own numbers. */
export function Story({ image, names, sizes, e, truth, onTruth }: StoryProps) {
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
          <Var>z</Var> = {formatNumber(e.unit.sum - e.unit.bias)} {e.unit.bias < 0 ? "−" : "+"} {formatNumber(Math.abs(e.unit.bias))} ={" "}
          <b>{formatNumber(e.unit.sum)}</b>, <Var>a</Var> = <b>{formatNumber(e.unit.activation)}</b>
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
          It reads <b>{names[e.best]}</b>, {formatPercent(p[e.best])} sure.
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
              {formatNumber(e.loss)}
            </p>
            <p className={classes.own}>the loss, −ln {formatShort(p[truth])}</p>
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
          At the output the true class {names[truth]} gets {formatNumber(e.outputErrors[truth])}; back at unit {e.unit.index} arrives{" "}
          {formatNumber(e.unit.delta)}. So its gradient is the digit itself, {formatNumber(e.unit.delta)} times as dark.
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
                {formatNumber(e.loss)} → {formatNumber(e.lossAfter)}
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
          One step on this digit alone, <Var>v</Var> = 0 and <Var>η</Var> = {formatShort(e.rate)}: that weight&apos;s gradient is{" "}
          {formatNumber(e.weight.activation)} × {formatNumber(e.outputErrors[truth])} = {formatNumber(e.weight.gradient)}. Nothing of this
          is kept.
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
