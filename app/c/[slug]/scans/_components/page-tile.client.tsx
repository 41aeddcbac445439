"use client";

import Link from "next/link";
import type { PageSummary, ScanView } from "../../../../../lib/contracts/scans.ts";
import { IconTrash } from "../../../../_components/icons.tsx";
import { namePage } from "../../_components/name-page.ts";
import { PageState } from "./page-state.tsx";
import classes from "./page-tile.module.css";

interface PageTileProps {
  readonly slug: string;
  readonly scan: ScanView;
  readonly page: PageSummary;
  readonly onDelete: (scan: ScanView) => void;
}

/** A page as it came, with what became of it; one that could not be decoded has no picture. */
export function PageTile({ slug, scan, page, onDelete }: PageTileProps) {
  const name = namePage(scan, page);
  return (
    <li className={classes.tile} data-state={page.state}>
      <Link href={`/c/${slug}/scans/${page.id}`} className={classes.link}>
        <span className={classes.stage}>
          {page.state === "waiting" || page.widthPx === 0 ? (
            <span className={classes.blank} data-waiting={page.state === "waiting" || undefined} />
          ) : (
            // biome-ignore lint/performance/noImgElement: the server makes the size that is asked for
            <img
              src={`/api/pages/${page.id}/image?width=320`}
              alt=""
              width={page.widthPx}
              height={page.heightPx}
              loading="lazy"
              decoding="async"
              className={classes.picture}
            />
          )}
        </span>
        <span className={classes.name}>{name}</span>
      </Link>
      <PageState page={page} />
      {page.reason !== null && <p className={classes.reason}>{page.reason.message}</p>}
      {page.writer !== null && <p className={classes.reason}>Writer {page.writer}</p>}
      <div className={classes.actions}>
        <button type="button" onClick={() => onDelete(scan)} aria-label={`Delete ${scan.fileName}`} title="Delete the file">
          <IconTrash size={16} />
        </button>
      </div>
    </li>
  );
}
