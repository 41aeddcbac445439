import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type ErrorRate, errorRateSchema, type ModelView } from "../../../contracts/runs.ts";
import { decodeModel } from "../../../mlp/model-file/decode-model.ts";
import type { Runtime } from "../../runtime.ts";
import { readModel, STARTER_ID } from "./read-model.ts";

/** The starter model, then every run that has a model, newest first. MNIST's error rate where it was measured: here, or for the starter when it was made. */
export async function listModels(runtime: Runtime): Promise<ModelView[]> {
  const db = runtime.database.client;
  const starter = await readModel(runtime, STARTER_ID);
  const { classes, layers, networks } = decodeModel(starter.bytes);
  const runs = await db.run.findMany({
    where: { modelSha256: { not: null } },
    select: { id: true, number: true, classes: true, model: true, collection: { select: { name: true } } },
    orderBy: { id: "desc" },
  });
  const measured = await db.evaluation.findMany({
    where: { set: "mnist" },
    select: { model: true, errorRate: true, low: true, high: true, errors: true, count: true },
    orderBy: { id: "asc" },
  });
  const mnist = new Map(
    measured.map(({ model, errorRate, low, high, errors, count }) => [
      model,
      { errorRate, interval: [low, high], errors, count } satisfies ErrorRate,
    ]),
  );
  return [
    {
      id: STARTER_ID,
      name: starter.name,
      classes: [...classes],
      layers: [...layers],
      networks: networks.length,
      bytes: starter.bytes.length,
      mnist: mnist.get(STARTER_ID) ?? (await readStarterRecord(runtime)),
    },
    ...runs.map((run): ModelView => {
      // A model without the number is of a time before committees.
      const model = run.model as { layers: number[]; networks?: number; bytes: number };
      return {
        id: run.id,
        name: `${run.collection.name}: run ${run.number}`,
        classes: run.classes,
        networks: 1,
        ...model,
        mnist: mnist.get(run.id) ?? null,
      };
    }),
  ];
}

const recordSchema = z.object({ mnistTest: errorRateSchema });

/** What was measured when the starter was made; it stands beside the model. */
async function readStarterRecord(runtime: Runtime): Promise<ErrorRate | null> {
  const text = await readFile(join(runtime.env.root, "lib", "mlp", "starter", "starter.json"), "utf8").catch(() => null);
  return text === null ? null : recordSchema.parse(JSON.parse(text)).mnistTest;
}
