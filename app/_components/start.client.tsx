"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useCollections } from "./collections.client.tsx";
import { ErrorNotice } from "./error-notice.tsx";
import { FirstStart } from "./first-start.client.tsx";
import { Loading } from "./loading.tsx";

/** `/`: goes to the last collection; where there is none, invites to make the first. */
export function Start() {
  const { collections, slug, error, reload } = useCollections();
  const router = useRouter();
  useEffect(() => {
    if (slug !== null) router.replace(`/c/${slug}`);
  }, [slug, router]);

  if (collections !== null && collections.length === 0) return <FirstStart slug={null} />;
  if (collections === null && error !== null) {
    return <ErrorNotice title="The collections could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  return <Loading what="your collections" />;
}
