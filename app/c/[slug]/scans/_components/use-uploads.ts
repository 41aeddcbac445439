import { useEffect, useSyncExternalStore } from "react";
import { type Upload, UploadStore } from "./upload-store.ts";

const stores = new Map<string, UploadStore>();
const NONE: readonly Upload[] = [];

/** The uploads of a collection, going on or to be told about. Warns before the tab closes on one that is not sent yet. */
export function useUploads(slug: string): { uploads: readonly Upload[]; store: UploadStore } {
  let store = stores.get(slug);
  if (store === undefined) {
    store = new UploadStore(slug);
    stores.set(slug, store);
  }
  const uploads = useSyncExternalStore(store.subscribe, store.snapshot, () => NONE);
  const unsent = uploads.some((upload) => upload.state === "waiting" || upload.state === "sending");
  useEffect(() => {
    if (!unsent) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsent]);
  return { uploads, store };
}
