import type { OnStage, Stage } from "../../../pipeline/stage.ts";

/** One stage's share of a page: by the clock, and by the process's processor time (what other programs do does not count). */
export interface StageTime {
  readonly stage: Stage;
  readonly wallMs: number;
  /** User and system time of all the process's threads. */
  readonly cpuMs: number;
}

export interface StageClock {
  readonly enter: OnStage;
  /** Gives `work`'s time to `stage`, what comes after it to the stage before. */
  during<Result>(stage: Stage, work: () => Result): Result;
  /** Ends the stage that runs. @returns the times since the last call, in the order in which stages were first entered. */
  take(): StageTime[];
}

/** Measures how a page's time divides among its stages. */
export function createStageClock(): StageClock {
  const times = new Map<Stage, { wallMs: number; cpuMs: number }>();
  let current: Stage | null = null;
  let wallAt = 0;
  let cpuAt = 0;
  const change = (stage: Stage | null): void => {
    const wall = performance.now();
    const cpu = cpuMs();
    if (current !== null) {
      const sum = times.get(current) ?? { wallMs: 0, cpuMs: 0 };
      times.set(current, { wallMs: sum.wallMs + wall - wallAt, cpuMs: sum.cpuMs + cpu - cpuAt });
    }
    current = stage;
    wallAt = wall;
    cpuAt = cpu;
  };
  return {
    enter: change,
    during(stage, work) {
      const before = current;
      change(stage);
      const result = work();
      if (result instanceof Promise) return result.finally(() => change(before)) as typeof result;
      change(before);
      return result;
    },
    take() {
      change(null);
      const taken = [...times].map(([stage, time]) => ({ stage, ...time }));
      times.clear();
      return taken;
    },
  };
}

/** Processor time of this process since it began. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
