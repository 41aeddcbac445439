"use client";

import type { CSSProperties } from "react";
import type { EvaluationView } from "../../../../../lib/contracts/runs.ts";
import { formatCount } from "../../../../_components/format.ts";
import classes from "./confusion-matrix.module.css";

export interface Cell {
  readonly truth: string;
  readonly prediction: string;
}

interface ConfusionProps {
  readonly evaluation: EvaluationView;
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell | null) => void;
}

/** What was written against what was read. The darker, the more often; a cell off the diagonal opens its pictures. */
export function ConfusionMatrix({ evaluation, chosen, onChoose }: ConfusionProps) {
  const { classes: names, confusion } = evaluation;
  const worst = Math.max(1, ...confusion.flatMap((row, t) => row.filter((_, p) => p !== t)));
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} data-many={names.length > 15 || undefined} data-testid="confusion">
        <caption className="sr-only">Rows: what was written. Columns: what was read.</caption>
        <thead>
          <tr>
            <td className={classes.corner}>
              <span>written</span>
              <span>read as</span>
            </td>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((truth, t) => (
            <tr key={truth}>
              <th scope="row">{truth}</th>
              {names.map((prediction, p) => {
                const count = confusion[t][p];
                if (t === p) {
                  return (
                    <td key={prediction} className={classes.right}>
                      {formatCount(count)}
                    </td>
                  );
                }
                if (count === 0) return <td key={prediction} className={classes.none} aria-label="0" />;
                const on = chosen?.truth === truth && chosen.prediction === prediction;
                return (
                  <td key={prediction} className={classes.wrong}>
                    <button
                      type="button"
                      aria-pressed={on}
                      aria-label={`${truth} read as ${prediction}: ${count} times`}
                      style={{ "--share": `${Math.round(10 + 38 * Math.sqrt(count / worst))}%` } as CSSProperties}
                      onClick={() => onChoose(on ? null : { truth, prediction })}
                      data-testid="confusion-cell"
                    >
                      {formatCount(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
