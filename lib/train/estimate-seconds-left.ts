import type { TrainSettings } from "../contracts/runs.ts";

/**
 * Training time to the end: as long an epoch as so far, or until the time limit where that comes first. Patience may end it earlier.
 * @param reached epochs and seconds so far, before a resume as well; null before the first step
 */
export function estimateSecondsLeft(reached: { readonly epoch: number; readonly seconds: number }, settings: TrainSettings): number | null {
  const { epoch, seconds } = reached;
  const byEpochs = epoch > 0 ? (seconds / epoch) * (settings.epochs - epoch) : Number.POSITIVE_INFINITY;
  const byTime = settings.maxSeconds === undefined ? Number.POSITIVE_INFINITY : settings.maxSeconds - seconds;
  const left = Math.min(byEpochs, byTime);
  return Number.isFinite(left) ? Math.max(0, left) : null;
}
