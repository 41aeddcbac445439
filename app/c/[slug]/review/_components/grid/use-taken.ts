import { useEffect, useState } from "react";
import { claimedShownSchema } from "../../../../../../lib/contracts/review-grid.ts";
import { sendJson } from "../../../../../_components/api-client.ts";
import { releaseSession } from "../desk/release-session.ts";
import { getReviewer } from "../desk/reviewer-name.ts";
import { getTabSession } from "../desk/tab-session.ts";
import type { GridList } from "./grid-list.ts";

/** After this long at one place the claim is made; well within the time that a claim lasts it is made again. */
const REST_MS = 200;
const RENEW_MS = 240_000;
const MOST = 1000;

interface Shown {
  readonly slug: string;
  readonly list: GridList;
  readonly version: number;
  /** Places in sight: [first, end). */
  readonly shown: readonly [number, number];
}

/** Claims the open glyphs in sight, so that nobody else is handed them; answers those that somebody else was handed before. */
export function useTaken({ slug, list, version, shown }: Shown): ReadonlySet<string> {
  const [taken, setTaken] = useState<{ list: GridList; ids: ReadonlySet<string> }>({ list, ids: NONE });
  const [first, end] = shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a piece of the list that arrives brings more to claim
  useEffect(() => {
    const claim = () => {
      const open = list.slice(first, end).filter(({ reviewed }) => !reviewed);
      const glyphIds = open.slice(0, MOST).map(({ id }) => id);
      if (glyphIds.length === 0) return;
      const body = { reviewer: getReviewer(), session: getTabSession("grid"), glyphIds };
      sendJson(claimedShownSchema, "POST", `/api/collections/${slug}/review/claim`, body).then(
        (answer) => {
          setTaken((old) => {
            const ids = new Set(old.list === list ? old.ids : []);
            for (const id of glyphIds) ids.delete(id);
            for (const id of answer.taken) ids.add(id);
            return ids.size === 0 && old.list === list && old.ids.size === 0 ? old : { list, ids };
          });
        },
        // Without an answer two people may decide on one glyph: that is recorded for both, and goes to adjudication where they differ.
        () => {},
      );
    };
    const timer = setTimeout(claim, REST_MS);
    const renewal = setInterval(claim, RENEW_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(renewal);
    };
  }, [slug, list, version, first, end]);
  useEffect(() => () => releaseSession(slug, "grid"), [slug]);
  return taken.list === list ? taken.ids : NONE;
}

const NONE: ReadonlySet<string> = new Set();
