import { useEffect, useState } from "react";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import type { HandCorners } from "../../../../../../lib/page/register-by-hand.ts";
import { useNotices } from "../../../../../_components/notices.client.tsx";
import { findStartCorners } from "./find-start-corners.ts";

/** Refused though it could be read: corners and a code would change nothing. */
export const SETTLED_BY_CHOICE: ReadonlySet<string> = new Set(["duplicate", "replaced", "other-collection"]);
/** Nothing to set corners on. */
const HOPELESS: ReadonlySet<string> = new Set(["blank-page", "decode-failed"]);

export function isBeingRead(page: PageView): boolean {
  return page.reading?.state === "queued" || page.reading?.state === "running";
}

/** Whether the corners of a page are being set by hand, and where they are: open from the start on a refused page that a hand may mend. */
export function useMending(page: PageView | null) {
  const { showError } = useNotices();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [corners, setCorners] = useState<HandCorners | null>(null);
  const [moved, setMoved] = useState(false);
  const reason = page?.reason?.code;
  const possible =
    page !== null &&
    page.widthPx > 0 &&
    page.template !== "nist-hsf-1990" &&
    !(reason !== undefined && (SETTLED_BY_CHOICE.has(reason) || HOPELESS.has(reason)));
  const open = possible && !isBeingRead(page) && (wanted ?? page.state === "rejected");

  // another page, or another reading of it: start anew
  const key = page === null ? null : `${page.id} ${page.state}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when
  useEffect(() => {
    setWanted(null);
    setCorners(null);
    setMoved(false);
  }, [key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: polling brings new views of the same page
  useEffect(() => {
    if (!open || corners !== null || page === null) return;
    let stopped = false;
    findStartCorners(page).then(
      (found) => !stopped && setCorners(found),
      (error) => !stopped && showError("The page's picture could not be loaded", error),
    );
    return () => {
      stopped = true;
    };
  }, [open, corners, key]);

  const close = () => setWanted(page?.state === "rejected" ? null : false);
  return {
    open,
    possible,
    corners,
    moved,
    close,
    toggle: () => setWanted(!open),
    move: (to: HandCorners) => {
      setCorners(to);
      setMoved(true);
    },
  };
}
