import { applyHomography, type Homography } from "../../lib/image/homography.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import type { PageTruth } from "../../lib/simulate/page-truth.ts";
import { type BoxScore, scoreBoxes } from "../../scripts/bench/corpus/score-boxes.ts";

/** `scoreBoxes` for a page that a homography takes into the scan. */
export function scoreReading(reading: PageReading, truth: PageTruth, pageToScan: Homography): BoxScore[] {
  return scoreBoxes(reading, truth, (point) => applyHomography(pageToScan, point));
}
