import { useEffect, useSyncExternalStore } from "react";
import { IDLE, type TabState, TabStore } from "./tab-store.ts";

const stores = new Map<string, TabStore>();

/** The collection's training in this tab, going on or ended. Warns before the tab closes on one that goes on. */
export function useTabTraining(slug: string): { state: TabState; store: TabStore } {
  let store = stores.get(slug);
  if (store === undefined) {
    store = new TabStore(slug);
    stores.set(slug, store);
  }
  const state = useSyncExternalStore(store.subscribe, store.snapshot, () => IDLE);
  const underWay = state.phase === "running" || state.phase === "paused";
  useEffect(() => {
    if (!underWay) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [underWay]);
  return { state, store };
}
