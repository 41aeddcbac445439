import { useMemo } from "react";
import { z } from "zod";
import { scanViewSchema } from "../../../../../lib/contracts/scans.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { usePolling } from "../../../../_components/use-polling.ts";
import { namePage } from "../../_components/name-page.ts";

const scansSchema = z.object({ scans: z.array(scanViewSchema) });

export interface ReviewChoices {
  readonly pages: readonly { readonly value: string; readonly label: string }[];
  readonly writers: readonly string[];
  /** Some page asks for letters: then every letter is a class, X too. */
  readonly letters: boolean;
}

/** The pages and writers there are to filter by, and whether letters are among the prompts. */
export function useReviewChoices(slug: string): ReviewChoices {
  const { data } = usePolling(`scans ${slug}`, (signal) => getJson(scansSchema, `/api/collections/${slug}/scans`, signal), {
    active: () => false,
  });
  return useMemo(() => {
    const scans = data?.scans ?? [];
    const pages = scans.flatMap((scan) => scan.pages.map((page) => ({ scan, page }))).filter(({ page }) => page.state === "read");
    return {
      pages: pages.map(({ scan, page }) => ({
        value: page.id,
        label: namePage(scan, page),
      })),
      writers: [...new Set(pages.map(({ page }) => page.writer).filter((writer) => writer !== null && writer !== ""))].sort() as string[],
      letters: pages.some(({ page }) => page.template === "letters" || page.template === "nist-hsf"),
    };
  }, [data]);
}
