import type { LabelErrorsSummary } from "../../../contracts/quality.ts";
import { trainSettingsSchema } from "../../../contracts/runs.ts";
import type { LabelErrors } from "../../../label/find-label-errors.ts";
import { toJson } from "../../db/to-json.ts";
import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import type { SuspectMessage } from "../../threads/suspect.worker.ts";
import { findLabelErrorsJob } from "./find-label-errors-job.ts";
import type { SuspectTask } from "./find-suspects.ts";
import { type Labelled, readLabelled } from "./read-labelled.ts";

/** Glyphs an update. */
const PIECE = 1000;
/** Kinds of confusion that are told. */
const PAIRS = 10;

/** Looks for label errors in a child process and flags what it finds; a try after a kill does all of it again. No label is changed. */
export function handleFindLabelErrors(runtime: Runtime): JobRegistration {
  return handleJob(findLabelErrorsJob, async ({ payload: { collectionId }, signal, progress }) => {
    const { client } = runtime.database;
    // Deleted meanwhile.
    if ((await client.collection.count({ where: { id: collectionId } })) === 0) return;
    progress(0, "Reading the labels");
    const labelled = await readLabelled(runtime.database, collectionId);
    const { ids, ...examples } = labelled;
    const task: SuspectTask = { ...examples, settings: trainSettingsSchema.parse({}) };
    let found: LabelErrors | null = null;
    for await (const message of runtime.pools.pool<SuspectTask, SuspectMessage>("suspect").run(task, { signal })) {
      if (message.type === "found") found = message.found;
      else
        progress(
          0.05 + 0.9 * message.fraction,
          `Training on ${ids.length.toLocaleString("en")} labels, each judged by a network that has not seen its writer`,
        );
    }
    if (signal.aborted || found === null) return;
    progress(0.95, "Flagging what was found");
    await flag(runtime, collectionId, listSuspects(labelled, found));
    const row = { at: new Date(), summary: toJson(summarize(labelled, found)) };
    if ((await client.collection.count({ where: { id: collectionId } })) === 0) return;
    await client.labelCheck.upsert({ where: { collectionId }, create: { collectionId, ...row }, update: row });
  });
}

interface Suspect {
  readonly id: string;
  /** What the glyph seems to be. */
  readonly suggestion: string;
}

function listSuspects({ ids, classes }: Labelled, { flagged }: LabelErrors): Suspect[] {
  return flagged.map(({ index, suggestion }) => ({ id: ids[index], suggestion: classes[suggestion] }));
}

/** Flags these, and no others of the collection. */
async function flag(runtime: Runtime, collectionId: string, suspects: readonly Suspect[]): Promise<void> {
  const { client } = runtime.database;
  await client.$executeRaw`UPDATE "Glyph" SET "suspect" = false, "suspectLabel" = NULL WHERE "collectionId" = ${collectionId} AND "suspect"`;
  for (let from = 0; from < suspects.length; from += PIECE) {
    await client.$executeRaw`
      UPDATE "Glyph" AS g SET "suspect" = true, "suspectLabel" = s."suggestion"
      FROM jsonb_to_recordset(${JSON.stringify(suspects.slice(from, from + PIECE))}::jsonb) AS s("id" text, "suggestion" text)
      WHERE g."id" = s."id" AND g."status" <> 'superseded'`;
  }
}

function summarize({ ids, classes, writers }: Labelled, { flagged, noise, thresholds }: LabelErrors): LabelErrorsSummary {
  const counts = new Map<string, { label: string; suggestion: string; count: number }>();
  for (const { label, suggestion } of flagged) {
    const pair = { label: classes[label], suggestion: classes[suggestion], count: 0 };
    const key = `${pair.label} ${pair.suggestion}`;
    const entry = counts.get(key) ?? pair;
    entry.count++;
    counts.set(key, entry);
  }
  return {
    examples: ids.length,
    writers: new Set(writers).size,
    flagged: flagged.length,
    noise,
    pairs: [...counts.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1)).slice(0, PAIRS),
    thresholds: classes.map((label, j) => ({ label, threshold: thresholds[j] })),
    example:
      flagged.length === 0
        ? null
        : {
            glyphId: ids[flagged[0].index],
            label: classes[flagged[0].label],
            suggestion: classes[flagged[0].suggestion],
            margin: flagged[0].margin,
          },
  };
}
