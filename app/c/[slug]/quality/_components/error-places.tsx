import Link from "next/link";
import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount } from "../../../../_components/format.ts";
import { ScrollTable } from "./scroll-table.tsx";
import classes from "./section.module.css";

const SHOWN = 12;

type Summary = Pick<FusionSummary, "places" | "devices" | "sharpness" | "resolutions">;

/** Which box, device or picture costs accuracy. */
export function ErrorPlaces({ slug, places, devices, sharpness, resolutions }: Summary & { slug: string }) {
  if (places.length === 0) return null;
  const pageGroups = [
    { title: "Scanner or camera", testid: "by-device", rows: devices },
    { title: "Sharpness of the page", testid: "by-sharpness", rows: sharpness },
    { title: "Resolution", testid: "by-resolution", rows: resolutions },
  ];
  return (
    <section aria-label="Where errors lie">
      <h2 className={classes.title}>Where errors lie</h2>
      <p className={classes.words}>
        Labels that the estimate expects to be wrong, and labels that people have corrected against the prompt. Each row leads to the page
        with its likeliest wrong label.
      </p>
      <ScrollTable label="Errors by box" testid="by-box">
        <Head first="Box on the card" />
        <tbody>
          {places.slice(0, SHOWN).map(({ template, field, box, worstPage, worstGlyph, ...sums }) => (
            <tr key={`${template} ${field} ${box}`}>
              <th scope="row">
                <Link href={`/c/${slug}/scans/${worstPage}?glyph=${worstGlyph}`}>
                  {template}, {field}, {box + 1}
                </Link>
              </th>
              <Sums {...sums} />
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {pageGroups.map(({ title, testid, rows }) => (
        <ScrollTable key={title} label={`Errors by ${title.toLowerCase()}`} testid={testid}>
          <Head first={title} />
          <tbody>
            {rows.slice(0, SHOWN).map(({ name, pages, worstPage, ...sums }) => (
              <tr key={name}>
                <th scope="row">
                  <Link href={`/c/${slug}/review?state=all&order=doubt&page=${worstPage}`}>{name}</Link> · {formatCount(pages)}{" "}
                  {pages === 1 ? "page" : "pages"}
                </th>
                <Sums {...sums} />
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      ))}
    </section>
  );
}

function Head({ first }: { first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {["Glyphs", "Expected wrong", "Per thousand", "Corrected by people"].map((title) => (
          <th key={title} scope="col" className={classes.number}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Sums({ glyphs, expectedErrors, corrected }: { glyphs: number; expectedErrors: number; corrected: number }) {
  return (
    <>
      <td className={classes.number}>{formatCount(glyphs)}</td>
      <td className={classes.number}>{expectedErrors.toFixed(1)}</td>
      <td className={classes.number}>{((1000 * expectedErrors) / glyphs).toFixed(1)}</td>
      <td className={classes.number}>{formatCount(corrected)}</td>
    </>
  );
}
