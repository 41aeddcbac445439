"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { useReadAgain } from "./read-by-hand.client.tsx";
import classes from "./read-by-hand.module.css";

/** A page that could be read and was refused all the same: it was read before, was replaced, or belongs elsewhere. The person decides. */
export function SettlePage({ slug, page, onStarted }: { slug: string; page: PageView; onStarted: (page: PageView) => void }) {
  const { start, busy, error, dialog } = useReadAgain(page, onStarted);
  const { first, otherCollection } = page;
  const code = page.reason?.code;
  return (
    <section className={classes.panel} aria-label="What to do with it">
      <h2>{code === "duplicate" ? "Read before" : code === "replaced" ? "Replaced" : "Another collection’s card"}</h2>
      {code !== "other-collection" && first === null && <p>The page that was read in its place has been deleted since.</p>}
      {first !== null && (
        <p>
          {code === "duplicate" ? "The first: " : "Taken instead: "}
          <Link href={`/c/${slug}/scans/${first.id}`}>
            {first.fileName}
            {first.number > 1 && `, page ${first.number}`}
          </Link>
        </p>
      )}
      {otherCollection !== null && (
        <p>
          To have it where it belongs, add the file to <Link href={`/c/${otherCollection.slug}/scans`}>{otherCollection.name}</Link> and
          delete it here.
        </p>
      )}
      {error !== null && <ErrorNotice title="This page is not being read again" error={error} />}
      <div className={classes.buttons}>
        {code === "other-collection" ? (
          <Button loading={busy} onClick={() => start({ readHere: true })}>
            Read it here
          </Button>
        ) : (
          <>
            <Button loading={busy} onClick={() => start({ duplicate: "instead" })}>
              {first === null ? "Read this page again" : "Use this one instead"}
            </Button>
            {first !== null && (
              <Button variant="default" disabled={busy} onClick={() => start({ duplicate: "both" })}>
                It is another sheet: read both
              </Button>
            )}
          </>
        )}
      </div>
      {dialog}
    </section>
  );
}
