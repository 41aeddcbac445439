import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { addressOf, changeAddress, parseAddress, type ReviewAddress } from "./review-address.ts";
import type { AddressChange } from "./review-way.ts";

const followers = new Set<() => void>();

export interface AddressState {
  readonly address: ReviewAddress;
  /** To a whole address. */
  readonly goTo: (address: ReviewAddress) => void;
  readonly change: (change: AddressChange) => void;
}

/**
 * What the address says and how to change it, without a round trip to the server. The screen follows at once: Next's own useSearchParams does so a moment later,
 * and a key pressed in that moment would decide on a glyph of what was shown before.
 */
export function useReviewAddress(slug: string): AddressState {
  // Next's links change it too, and on the server only Next knows it.
  const params = useSearchParams().toString();
  const text = useSyncExternalStore(
    follow,
    () => readSearch(slug) ?? params,
    () => params,
  );
  const address = useMemo(() => parseAddress(new URLSearchParams(text)), [text]);
  const goTo = useCallback(
    (next: ReviewAddress) => {
      window.history.pushState(null, "", addressOf(slug, next));
      for (const follower of followers) follower();
    },
    [slug],
  );
  const change = useCallback(
    (wanted: AddressChange) => {
      const now = { ...parseAddress(new URLSearchParams(window.location.search)), glyph: null };
      goTo(changeAddress(now, typeof wanted === "function" ? wanted(now) : wanted));
    },
    [goTo],
  );
  return { address, goTo, change };
}

/** Null while the browser is at another page: on the way here or from here. */
function readSearch(slug: string): string | null {
  return window.location.pathname === `/c/${slug}/review` ? new URLSearchParams(window.location.search).toString() : null;
}

function follow(follower: () => void): () => void {
  window.addEventListener("popstate", follower);
  followers.add(follower);
  return () => {
    window.removeEventListener("popstate", follower);
    followers.delete(follower);
  };
}
