import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

/** Where two people judged the same glyphs: do they agree beyond chance? */
export function Reviewers({ pairs, kappa }: Pick<FusionSummary, "pairs" | "kappa">) {
  return (
    <section aria-label="Agreement">
      <h2 className={classes.title}>Agreement of reviewers</h2>
      {pairs.length === 0 ? (
        <p className={classes.words}>
          No two people have judged the same glyph yet. Where they have, kappa says how far they agree beyond chance: 1 is always, 0 is no
          more than chance.
        </p>
      ) : (
        <>
          <p className={classes.words}>
            Kappa is agreement beyond chance: 1 is always, 0 no more than chance. Of all reviewers: {formatKappa(kappa)}.
          </p>
          <ScrollTable label="Agreement" testid="agreement">
            <thead>
              <tr>
                <th scope="col">Reviewers</th>
                <th scope="col" className={classes.number}>
                  Both judged
                </th>
                <th scope="col" className={classes.number}>
                  Agreed
                </th>
                <th scope="col" className={classes.number}>
                  Kappa
                </th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ first, second, glyphs, agreed, kappa: own }) => (
                <tr key={`${first} ${second}`}>
                  <td>
                    {first} and {second}
                  </td>
                  <td className={classes.number}>{formatCount(glyphs)}</td>
                  <td className={classes.number}>{formatPercent(agreed / glyphs, 1)}</td>
                  <td className={classes.number}>{formatKappa(own)}</td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
    </section>
  );
}

function formatKappa(kappa: number | null): string {
  return kappa === null ? "not to be told, all is of one class" : kappa.toFixed(3);
}
