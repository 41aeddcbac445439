"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { z } from "zod";
import { type CollectionView, collectionViewSchema } from "../../lib/contracts/collections.ts";
import { getJson } from "./api-client.ts";
import { usePolling } from "./use-polling.ts";

const REMEMBERED = "inkform.collection";
const listSchema = z.object({ collections: z.array(collectionViewSchema) });

interface Collections {
  /** Null while loading. */
  readonly collections: readonly CollectionView[] | null;
  readonly error: unknown;
  /** The address's collection; on pages without one (Draw, How it works) the last one shown, else the newest. */
  readonly slug: string | null;
  readonly current: CollectionView | null;
  /** Loads the counts again, after something changed them. */
  readonly reload: () => Promise<void>;
}

const CollectionsContext = createContext<Collections | null>(null);

export function CollectionsProvider({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const addressed = slugOf(pathname);
  const [remembered, setRemembered] = useState<string | null>(null);
  const { data, error, reload } = usePolling("collections", (signal) => getJson(listSchema, "/api/collections", signal), {
    active: (list) => list.collections.some((collection) => collection.counts.pagesWaiting > 0),
    intervalMs: 1500,
  });

  useEffect(() => {
    if (addressed === null) setRemembered(localStorage.getItem(REMEMBERED));
    else localStorage.setItem(REMEMBERED, addressed);
  }, [addressed]);

  // a station's counts change on the screen before it: look again on the way to the next
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pathname is the trigger
  useEffect(() => {
    void reload();
  }, [pathname, reload]);

  const value = useMemo<Collections>(() => {
    const list = data?.collections ?? null;
    const known = list?.find((c) => c.slug === remembered) ?? newest(list);
    const slug = addressed ?? known?.slug ?? null;
    return { collections: list, error, slug, current: list?.find((c) => c.slug === slug) ?? null, reload };
  }, [data, error, addressed, remembered, reload]);
  return <CollectionsContext value={value}>{children}</CollectionsContext>;
}

/** The collections and the current one with its counts. */
export function useCollections(): Collections {
  const context = useContext(CollectionsContext);
  if (context === null) throw new Error("useCollections needs <CollectionsProvider> above it");
  return context;
}

function slugOf(pathname: string): string | null {
  return /^\/c\/([a-z0-9][a-z0-9-]*)/.exec(pathname)?.[1] ?? null;
}

function newest(list: readonly CollectionView[] | null): CollectionView | null {
  if (list === null || list.length === 0) return null;
  return list.reduce((a, b) => (a.createdAt >= b.createdAt ? a : b));
}
