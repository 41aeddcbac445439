import Link from "next/link";
import { findBandKey, RESOLUTION_BANDS, SHARPNESS_BANDS } from "../../../../../lib/contracts/page-bands.ts";
import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount, formatPlural } from "../../../../_components/format.ts";
import { NumbersHead } from "./numbers-head.tsx";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

const SHOWN = 12;

type Summary = Pick<FusionSummary, "places" | "devices" | "sharpness" | "resolutions">;
type Sums = Pick<FusionSummary["places"][number], "glyphs" | "expectedErrors" | "corrected">;

interface Row extends Sums {
  readonly key: string;
  readonly name: string;
  /** Beside the name. */
  readonly more: string;
  /** Which glyphs, as Review's address says it. */
  readonly filter: Readonly<Record<string, string>>;
}

/** Which box, device or picture costs accuracy. */
export function ErrorPlaces({ slug, places, devices, sharpness, resolutions }: Summary & { slug: string }) {
  if (places.length === 0) return null;
  const boxes = places.map(({ template, field, box, ...sums }): Row => {
    const filter = { template, field, box: String(box) };
    return { key: Object.values(filter).join(" "), name: `${field}, box ${box + 1}`, more: template, filter, ...sums };
  });
  const ofPages = (groups: FusionSummary["devices"], filterBy: (name: string) => Record<string, string>): readonly Row[] =>
    groups.map(({ name, pages, ...sums }) => ({ key: name, name, more: formatPlural(pages, "page"), filter: filterBy(name), ...sums }));
  const bySharpness = ofPages(sharpness, (name) => ({ sharpness: findBandKey(SHARPNESS_BANDS, name) ?? "" }));
  const byResolution = ofPages(resolutions, (name) => ({ resolution: findBandKey(RESOLUTION_BANDS, name) ?? "" }));
  return (
    <section aria-label="Where errors lie">
      <h2 className={classes.title}>Where errors lie</h2>
      <p className={classes.words}>
        Labels that the estimate expects to be wrong, and labels that people have corrected against the prompt. Each row leads to its
        glyphs, the likeliest wrong first.
      </p>
      <SumsTable slug={slug} title="Box on the card" testid="by-box" rows={boxes} />
      <SumsTable slug={slug} title="Scanner or camera" testid="by-device" rows={ofPages(devices, (device) => ({ device }))} />
      <SumsTable slug={slug} title="Sharpness of the page" testid="by-sharpness" rows={bySharpness} />
      <SumsTable slug={slug} title="Resolution" testid="by-resolution" rows={byResolution} />
    </section>
  );
}

function SumsTable({ slug, title, testid, rows }: { slug: string; title: string; testid: string; rows: readonly Row[] }) {
  return (
    <ScrollTable label={`Errors by ${title.toLowerCase()}`} testid={testid} sums>
      <NumbersHead title={title} columns={["Glyphs", "Expected wrong", "Per thousand", "Corrected"]} />
      <tbody>
        {rows.slice(0, SHOWN).map(({ key, name, more, filter, glyphs, expectedErrors, corrected }) => (
          <tr key={key}>
            <th scope="row" className={classes.rowName}>
              <Link href={`/c/${slug}/review?${new URLSearchParams({ state: "all", order: "doubt", ...filter })}`}>{name}</Link>
              <span> · {more}</span>
            </th>
            <td className={classes.number}>{formatCount(glyphs)}</td>
            <td className={classes.number}>{expectedErrors.toFixed(1)}</td>
            <td className={classes.number}>{((1000 * expectedErrors) / glyphs).toFixed(1)}</td>
            <td className={classes.number}>{formatCount(corrected)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
