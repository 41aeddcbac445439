import type { RunComponents } from "./run-components.ts";

/** Whether two components, by their labels, come within `reach` px of each other. */
export function areNear(
  { firstRun, rows, starts, ends, components }: RunComponents,
  [a, b]: readonly [number, number],
  reach: number,
): boolean {
  const [boxA, boxB] = [components[a - 1].box, components[b - 1].box];
  const apart = (from: number, to: number, from2: number, to2: number): number => Math.max(0, from2 - to, from - to2);
  if (apart(boxA[0], boxA[0] + boxA[2], boxB[0], boxB[0] + boxB[2]) > reach) return false;
  if (apart(boxA[1], boxA[1] + boxA[3], boxB[1], boxB[1] + boxB[3]) > reach) return false;
  for (let i = firstRun[a - 1]; i < firstRun[a]; i++) {
    for (let k = firstRun[b - 1]; k < firstRun[b]; k++) {
      const dy = Math.max(0, Math.abs(rows[i] - rows[k]) - 1);
      if (dy <= reach && Math.hypot(apart(starts[i], ends[i], starts[k], ends[k]), dy) <= reach) return true;
    }
  }
  return false;
}
