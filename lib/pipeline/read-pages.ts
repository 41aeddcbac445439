import type { PageRaster } from "../image/page-raster.ts";
import { findFiducials } from "../page/find-fiducials.ts";
import { groupMarks } from "../page/group-marks.ts";
import { removeStreaks } from "../page/remove-streaks.ts";
import type { PageReading } from "./page-reading.ts";
import { readCardPage } from "./read-card-page.ts";
import { type ReadPageDeps, readPage } from "./read-page.ts";

/**
 * Reads all that lies in one picture: one reading for each card whose marks can be told apart, the one nearest to the picture's top
 * left first, else the one reading of `readPage`. Never empty.
 */
export async function readPages(picture: PageRaster, deps: ReadPageDeps): Promise<PageReading[]> {
  const raster = removeStreaks(picture);
  // Corners set by hand say which card is meant.
  if (deps.byHand?.corners !== undefined) return [await readPage(raster, deps)];
  deps.onStage?.("fiducials");
  const groups = groupMarks(deps.fiducials ?? findFiducials(raster.gray));
  if (groups.length < 2) return [await readPage(raster, { ...deps, fiducials: groups[0] ?? [] })];
  const readings: PageReading[] = [];
  for (const fiducials of groups) readings.push(await readCardPage(raster, { ...deps, fiducials }));
  return readings;
}
