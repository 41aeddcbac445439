import type { Stopwatch } from "./stopwatch.ts";

/** What was trained since the curve's last point and since the epoch began. */
export class Meter {
  private point: { at: number; loss: number; count: number };
  private epoch: { at: number; count: number };

  constructor(private readonly clock: Stopwatch) {
    const at = clock.seconds();
    this.point = { at, loss: 0, count: 0 };
    this.epoch = { at, count: 0 };
  }

  /** @param loss summed over `count` examples */
  add(loss: number, count: number): void {
    this.point.loss += loss;
    this.point.count += count;
    this.epoch.count += count;
  }

  get secondsSincePoint(): number {
    return this.clock.seconds() - this.point.at;
  }

  /** Mean loss and speed since the last point; the next one counts from here. */
  takePoint(): { loss: number; samplesPerSecond: number } {
    const { loss, count } = this.point;
    const samplesPerSecond = count / Math.max(SHORTEST, this.secondsSincePoint);
    this.point = { at: this.clock.seconds(), loss: 0, count: 0 };
    return { loss: loss / count, samplesPerSecond };
  }

  /** Speed since the epoch began; the next one, and the next point, count from here. */
  takeEpoch(): number {
    const at = this.clock.seconds();
    const samplesPerSecond = this.epoch.count / Math.max(SHORTEST, at - this.epoch.at);
    this.point = { at, loss: 0, count: 0 };
    this.epoch = { at, count: 0 };
    return samplesPerSecond;
  }
}

/** Seconds: clocks in browsers are coarse. */
const SHORTEST = 1e-9;
