import type { PageRaster } from "../../../image/page-raster.ts";
import { findFiducials } from "../../../page/find-fiducials.ts";
import { groupMarks } from "../../../page/group-marks.ts";
import type { ByHand } from "../../../pipeline/locate-by-hand.ts";
import type { PageReading } from "../../../pipeline/page-reading.ts";
import { readCardPage } from "../../../pipeline/read-card-page.ts";
import { type ReadPageDeps, readPage } from "../../../pipeline/read-page.ts";
import { rejectPage } from "../../../pipeline/reject-page.ts";

/** A page to be read again, with what a person said about it. */
export interface OnePage {
  readonly number: number;
  readonly part: number;
  readonly parts: number;
  readonly byHand?: ByHand;
}

/** Reads one card of a picture: the one between the corners given, else that of the part's marks, as `readPages` tells the parts apart. */
export async function readPart(raster: PageRaster, { part, parts, byHand }: OnePage, deps: ReadPageDeps): Promise<PageReading> {
  if (byHand?.corners !== undefined) return readCardPage(raster, { ...deps, byHand });
  const groups = groupMarks(findFiducials(raster.gray));
  if (byHand?.code !== undefined) return readCardPage(raster, { ...deps, byHand, fiducials: groups[part - 1] ?? [] });
  if (Math.max(1, groups.length) !== parts) {
    return rejectPage("no-card", `This picture now shows ${groups.length} cards instead of ${parts}. Delete the file and add it again.`);
  }
  const fiducials = groups[part - 1] ?? [];
  return parts === 1 ? readPage(raster, { ...deps, fiducials }) : readCardPage(raster, { ...deps, fiducials });
}
