import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

const KINDS = { prompt: "what the card asks for", model: "network", person: "reviewer" } as const;

/** Who said how much, and how often each is expected to be right. */
export function Sources({ sources }: { sources: FusionSummary["sources"] }) {
  return (
    <section aria-label="Sources">
      <h2 className={classes.title}>Who is right how often</h2>
      <ScrollTable label="Sources" testid="sources">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className={classes.number}>
              Votes
            </th>
            <th scope="col" className={classes.number}>
              Right
            </th>
            <th scope="col">Takes for one another</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ name, kind, votes, accuracy, confusions }) => (
            <tr key={`${kind} ${name}`}>
              <td>
                {name}
                {kind !== "prompt" && <span className={classes.confusions}> · {KINDS[kind]}</span>}
              </td>
              <td className={classes.number}>{formatCount(votes)}</td>
              <td className={classes.number}>{formatPercent(accuracy, 1)}</td>
              <td className={classes.confusions}>
                {confusions.length === 0
                  ? "nothing so far"
                  : confusions
                      .slice(0, 3)
                      .map(({ truth, said, count }) => `${truth} as ${said} (${count < 10 ? count.toFixed(1) : Math.round(count)})`)
                      .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
