import Link from "next/link";
import type { ReactNode } from "react";
import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { NumbersHead } from "./numbers-head.tsx";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

const SHOWN = 12;

type Summary = Pick<FusionSummary, "pairs" | "kappa" | "agreementByClass" | "agreementByWriter">;

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly glyphs: number;
  readonly agreed: number;
  readonly kappa: number | null;
}

/** Where two people judged the same glyphs: do they agree beyond chance, and on what do they not? */
export function Reviewers({ slug, pairs, kappa, agreementByClass, agreementByWriter }: Summary & { slug: string }) {
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
          <AgreementTable
            title="Reviewers"
            testid="agreement"
            rows={pairs.map(({ first, second, ...own }) => ({ key: `${first}\n${second}`, name: `${first} and ${second}`, ...own }))}
          />
          <AgreementTable
            title="Character"
            testid="agreement-by-class"
            rows={agreementByClass.map(({ label, ...own }) => ({ key: label, name: label, ...own }))}
          />
          <AgreementTable
            title="Writer"
            testid="agreement-by-writer"
            rows={agreementByWriter.map(({ writer, ...own }) => ({
              key: writer,
              name: (
                <Link href={`/c/${slug}/review?${new URLSearchParams({ state: "all", writer })}`}>
                  {writer === "" ? "unknown" : writer}
                </Link>
              ),
              ...own,
            }))}
          />
        </>
      )}
    </section>
  );
}

/** Most differences first, as the estimate lists them. */
function AgreementTable({ title, testid, rows }: { title: string; testid: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <ScrollTable label={`Agreement by ${title.toLowerCase()}`} testid={testid} sums>
      <NumbersHead title={title} columns={["Judged by two", "Agreed", "Kappa"]} />
      <tbody>
        {rows.slice(0, SHOWN).map(({ key, name, glyphs, agreed, kappa }) => (
          <tr key={key}>
            <th scope="row" className={classes.rowName}>
              {name}
            </th>
            <td className={classes.number}>{formatCount(glyphs)}</td>
            <td className={classes.number}>{formatPercent(agreed / glyphs, 1)}</td>
            <td className={classes.number}>{formatKappa(kappa)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function formatKappa(kappa: number | null): string {
  return kappa === null ? "all of one class" : kappa.toFixed(3);
}
