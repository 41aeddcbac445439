import { useMemo } from "react";
import { z } from "zod";
import { scanViewSchema } from "../../../../../../lib/contracts/scans.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import { usePolling } from "../../../../../_components/use-polling.ts";
import { namePage } from "../../../_components/name-page.ts";
import { findClasses } from "./find-classes.ts";

const scansSchema = z.object({ scans: z.array(scanViewSchema) });

export interface ReviewChoices {
  /** The scans have come, or will not come for now: what follows stays as it is. */
  readonly known: boolean;
  readonly pages: readonly { readonly value: string; readonly label: string }[];
  readonly writers: readonly string[];
  /** The characters that glyphs here can be, in order. */
  readonly classes: readonly string[];
}

/** The pages and writers there are to filter by, and the characters that glyphs can be. */
export function useReviewChoices(slug: string): ReviewChoices {
  const { data, error } = usePolling(`scans ${slug}`, (signal) => getJson(scansSchema, `/api/collections/${slug}/scans`, signal), {
    active: () => false,
  });
  const failed = error !== null;
  return useMemo(() => {
    const scans = data?.scans ?? [];
    const pages = scans.flatMap((scan) => scan.pages.map((page) => ({ scan, page }))).filter(({ page }) => page.state === "read");
    return {
      known: data !== null || failed,
      pages: pages.map(({ scan, page }) => ({
        value: page.id,
        label: namePage(scan, page),
      })),
      writers: [...new Set(pages.map(({ page }) => page.writer).filter((writer) => writer !== null && writer !== ""))].sort() as string[],
      classes: findClasses(pages.map(({ page }) => page)),
    };
  }, [data, failed]);
}
