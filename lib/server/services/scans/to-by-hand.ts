import type { z } from "zod";
import type { byHandSchema } from "../../../contracts/scans.ts";
import type { ByHand } from "../../../pipeline/locate-by-hand.ts";

/** What a person said about a page as the reader takes it; null where that is nothing. */
export function toByHand(said: z.infer<typeof byHandSchema> | null): ByHand | null {
  if (said === null || (said.corners === undefined && said.code === undefined)) return null;
  const points = said.corners?.map(([x, y]) => ({ x, y }));
  return {
    ...(points && { corners: [points[0], points[1], points[2], points[3]] as const }),
    ...(said.code !== undefined && { code: said.code }),
  };
}
