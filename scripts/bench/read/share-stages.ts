import type { Stage } from "../../../lib/pipeline/stage.ts";
import { median } from "../bench-line.ts";
import type { ReadingRun } from "./measure-reading.ts";

export interface StageShare {
  readonly stage: Stage | "messages and start" | "this process: results taken and written";
  /** Processor time, mean per page. */
  readonly cpuMs: number;
  /** By the clock, median per page; null where it is not measured page by page. */
  readonly wallMs: number | null;
  /** Of a page's processor time. */
  readonly share: number;
}

/** Where a run's processor time went, stage by stage in order, in ms per page: what belongs to no stage included. */
export function shareStages(run: ReadingRun): StageShare[] {
  const stages = new Map<Stage, { cpu: number; walls: number[] }>();
  for (const { stages: own } of run.costs) {
    for (const { stage, cpuMs, wallMs } of own) {
      const sum = stages.get(stage) ?? { cpu: 0, walls: [] };
      sum.cpu += cpuMs;
      sum.walls.push(wallMs);
      stages.set(stage, sum);
    }
  }
  const total = run.cpuMs / run.pages;
  const line = (stage: StageShare["stage"], cpuMs: number, wallMs: number | null): StageShare => ({
    stage,
    cpuMs,
    wallMs,
    share: cpuMs / total,
  });
  const lines = [...stages].map(([stage, { cpu, walls }]) => line(stage, cpu / run.pages, median(walls)));
  const inStages = lines.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  // With children, what they spent outside the stages went into starting and into messages; without, all is this process's.
  const own = run.ownCpuMs / run.pages;
  const children = total - own;
  return children > 0
    ? [...lines, line("messages and start", children - inStages, null), line("this process: results taken and written", own, null)]
    : [...lines, line("this process: results taken and written", own - inStages, null)];
}
