import { useEffect, useMemo, useReducer } from "react";
import type { ReviewDesk } from "../desk/review-desk.ts";
import { formatFilter, type ReviewFilter } from "../frame/review-address.ts";
import { GridList } from "./grid-list.ts";

/** The list of a filter, begun anew when the filter changes or `attempt` grows. Its version grows with every piece that arrives. */
export function useGridList(slug: string, filter: ReviewFilter, { desk, attempt }: { desk: ReviewDesk; attempt: number }) {
  const [version, grow] = useReducer((n: number) => n + 1, 0);
  const query = formatFilter(filter).toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to begin anew
  const list = useMemo(
    () => new GridList(slug, query, { onLoaded: (glyphs) => desk.expect(glyphs), onChange: grow }),
    [slug, query, desk, attempt],
  );
  useEffect(() => {
    list.start();
    return () => list.stop();
  }, [list]);
  return { list, version };
}
