import { type CurvePoint, type RunView, trainSettingsSchema } from "../../../contracts/runs.ts";
import type { Prisma } from "../../db/generated/client.ts";

/** What a run's view is made of, for Prisma's `include`. */
export const RUN_PARTS = {
  job: { select: { state: true, failure: true, fraction: true } },
  evaluations: {
    select: { id: true, set: true, errorRate: true, low: true, high: true, errors: true, count: true },
    orderBy: { id: "asc" },
  },
} as const satisfies Prisma.RunInclude;

export type RunRow = Prisma.RunGetPayload<{ include: typeof RUN_PARTS }>;

/** A run as the site shows it. @param curve the points asked for; the row says how many there are */
export function viewRun(row: RunRow, curve: CurvePoint[]): RunView {
  return {
    id: row.id,
    number: row.number,
    createdAt: row.createdAt.toISOString(),
    dataset: { id: row.datasetId ?? "mnist", name: row.datasetName },
    classes: row.classes,
    settings: trainSettingsSchema.parse(row.settings),
    state: row.job.state,
    failure: row.job.failure,
    fraction: row.job.fraction,
    secondsLeft: row.job.state === "running" ? row.secondsLeft : null,
    curve,
    curveLength: row.curveLength,
    modelReady: row.modelSha256 !== null,
    evaluations: row.evaluations.map(({ id, set, errorRate, low, high, errors, count }) => ({
      id,
      set,
      result: { errorRate, interval: [low, high], errors, count },
    })),
  };
}
