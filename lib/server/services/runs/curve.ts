import { z } from "zod";
import { type CurvePoint, curvePointSchema } from "../../../contracts/runs.ts";
import type { Queryable, Tx } from "../../db/database.ts";
import { toJson } from "../../db/to-json.ts";

/** Points in a chunk before another is begun: few rows to read a long curve, few bytes to write for a new point. */
const CHUNK = 16;
const pointsSchema = z.array(curvePointSchema);

/** A run's curve from point `after` on. Points are stored in chunks. */
export async function readCurve(db: Queryable, runId: string, after: number): Promise<CurvePoint[]> {
  const before = await db.curveChunk.findFirst({
    where: { runId, start: { lte: after } },
    orderBy: { start: "desc" },
    select: { start: true },
  });
  const first = before?.start ?? 0;
  const chunks = await db.curveChunk.findMany({ where: { runId, start: { gte: first } }, orderBy: { start: "asc" } });
  return chunks.flatMap((chunk) => pointsSchema.parse(chunk.points)).slice(Math.max(0, after - first));
}

/** Adds points after the last one. @returns the curve's new length */
export async function appendCurve(tx: Tx, runId: string, points: readonly CurvePoint[]): Promise<number> {
  const { curveLength: start } = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { curveLength: true } });
  if (points.length === 0) return start;
  const last = await tx.curveChunk.findFirst({ where: { runId }, orderBy: { start: "desc" } });
  if (last !== null && last.count < CHUNK) {
    const all = [...pointsSchema.parse(last.points), ...points];
    await tx.curveChunk.update({ where: { runId_start: { runId, start: last.start } }, data: { count: all.length, points: toJson(all) } });
  } else {
    await tx.curveChunk.create({ data: { runId, start, count: points.length, points: toJson(points) } });
  }
  await tx.run.update({ where: { id: runId }, data: { curveLength: start + points.length } });
  return start + points.length;
}

/**
 * Takes back the points after a training time, of steps after the checkpoint, which will be done again; and the mean of an epoch that a stop
 * broke off, which will be done to its end.
 * @param seconds training time at the checkpoint; 0 takes back all
 */
export async function trimCurve(tx: Tx, runId: string, seconds: number): Promise<void> {
  const all = await readCurve(tx, runId, 0);
  const kept = all.filter((point) => point.seconds <= seconds && (point.trainError === null || Number.isInteger(point.epoch)));
  if (kept.length === all.length) return;
  await tx.curveChunk.deleteMany({ where: { runId } });
  if (kept.length > 0) await tx.curveChunk.create({ data: { runId, start: 0, count: kept.length, points: toJson(kept) } });
  await tx.run.update({ where: { id: runId }, data: { curveLength: kept.length } });
}
