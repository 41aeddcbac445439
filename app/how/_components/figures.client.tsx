"use client";

import { GlyphImage } from "../../_components/glyph-image.client.tsx";
import { HiddenLayer } from "../../draw/_components/hidden-layer.client.tsx";
import type { Explanation } from "./explain.ts";
import classes from "./how.module.css";
import { formatShort } from "./numbers.ts";

/** The 28 x 28 image with the 20 x 20 square that it was pasted as, and the centre of its mass. */
export function Framed({ image, mass }: { image: Uint8Array; mass: { row: number; column: number } }) {
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

/** What each hidden layer lets through. */
export function HiddenLayers({ e, sizes }: { e: Explanation; sizes: readonly number[] }) {
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

/** The ten likeliest classes with score and probability, in the order of the classes. */
export function Scores({ names, scores, p, best }: { names: readonly string[]; scores: Float64Array; p: Float32Array; best: number }) {
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
            <td>{formatShort(p[c])}</td>
            <td className={classes.barCell}>
              <span style={{ width: `${100 * p[c]}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
