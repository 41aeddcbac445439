import { formatErrorRate } from "./format.ts";

/** "1.82 % (1.57 to 2.10)"; the interval is the 95 % one. */
export function ErrorRateText({ rate }: { rate: { errorRate: number; interval: readonly [number, number] } }) {
  return <span title="Error rate with its 95 % interval">{formatErrorRate(rate)}</span>;
}
