import { useEffect, useState, useSyncExternalStore } from "react";
import { useNotices } from "../../../../../_components/notices.client.tsx";
import type { SaveState } from "./label-outbox.ts";
import { ReviewDesk } from "./review-desk.ts";

const SAVED: SaveState = { kind: "saved", waiting: 0 };

/** The desk of a collection while Review is open; the screen follows what is decided on it. Null until the page runs in a browser. */
export function useDesk(slug: string): { desk: ReviewDesk | null; version: number; save: SaveState } {
  const { showError } = useNotices();
  const [desk, setDesk] = useState<ReviewDesk | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one desk for a collection; notices stay the same
  useEffect(() => {
    const made = new ReviewDesk(slug, (_, refusal) => showError("One label was refused and is not kept", refusal));
    made.outbox.start();
    setDesk(made);
    return () => made.outbox.stop();
  }, [slug]);
  const version = useSyncExternalStore(desk?.subscribe ?? noChange, desk?.snapshot ?? zero, zero);
  const save = useSyncExternalStore(desk?.outbox.subscribe ?? noChange, desk?.outbox.snapshot ?? saved, saved);
  return { desk, version, save };
}

const noChange = () => () => {};
const zero = () => 0;
const saved = () => SAVED;
