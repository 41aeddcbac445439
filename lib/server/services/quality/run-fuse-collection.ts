import { buildFusionInput } from "../../../label/fusion/build-fusion-input.ts";
import type { FusionResult } from "../../../label/fusion/fuse-labels.ts";
import type { FusionInput } from "../../../label/fusion/fusion-input.ts";
import { toJson } from "../../db/to-json.ts";
import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import { fuseCollectionJob } from "./fuse-collection-job.ts";
import type { FusedGlyph } from "./fused-glyph.ts";
import { storeParameters } from "./fusion-parameters.ts";
import { readEvidence, readPagesOf } from "./read-evidence.ts";
import { listFused, summarizeFusion } from "./summarize-fusion.ts";

/** Glyphs an update: one statement holds the embedded database for a few milliseconds. */
const PIECE = 1000;

/** Estimates in a child process and stores what comes out; a try after a kill does all of it again. Labels are read, never changed. */
export function handleFuseCollection(runtime: Runtime): JobRegistration {
  return handleJob(fuseCollectionJob, async ({ payload: { collectionId }, signal, progress }) => {
    progress(0, "reading the labels");
    const { glyphs, evidence, lastSeq } = await readEvidence(runtime.database, collectionId);
    const { names, itemOf, ...input } = buildFusionInput(evidence);
    progress(0.3, `estimating ${input.items.toLocaleString("en")} glyphs from ${input.votes.item.length.toLocaleString("en")} votes`);
    let result: FusionResult | undefined;
    for await (const message of runtime.pools.pool<FusionInput, FusionResult>("fuse").run(input, { signal })) result = message;
    if (signal.aborted || result === undefined) return;
    const named = { ...input, names, itemOf };
    const fused = listFused(glyphs, named, result);
    for (let from = 0; from < fused.length && !signal.aborted; from += PIECE) {
      await storeFused(runtime, fused.slice(from, from + PIECE));
      progress(0.6 + (0.4 * from) / fused.length, "storing the estimates");
    }
    if (signal.aborted) return;
    const pages = await readPagesOf(runtime.database, collectionId);
    const row = {
      at: new Date(),
      lastSeq,
      summary: toJson(summarizeFusion(glyphs, named, { result, fused, pages })),
      parameters: toJson(storeParameters(named, result)),
    };
    // Deleted meanwhile: there is nothing to tell.
    if ((await runtime.database.client.collection.count({ where: { id: collectionId } })) === 0) return;
    await runtime.database.client.fusion.upsert({
      where: { collectionId },
      create: { collectionId, ...row },
      update: row,
      select: { at: true },
    });
  });
}

async function storeFused(runtime: Runtime, fused: readonly FusedGlyph[]): Promise<void> {
  await runtime.database.client.$executeRaw`
    UPDATE "Glyph" AS g
    SET "fusedLabel" = f."fusedLabel", "fusedProbability" = f."fusedProbability", "doubt" = f."doubt"
    FROM jsonb_to_recordset(${JSON.stringify(fused)}::jsonb) AS f("id" text, "fusedLabel" text, "fusedProbability" float4, "doubt" float4)
    WHERE g."id" = f."id"`;
}
