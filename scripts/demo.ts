/** `npm run demo`: the whole loop with simulated people, without a browser or a server; see USAGE. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "../lib/server/env.ts";
import { openRuntime } from "../lib/server/open-runtime.ts";
import type { Runtime } from "../lib/server/runtime.ts";
import { getCollectionId } from "../lib/server/services/collections/get-collection-id.ts";
import { createDemoCollection } from "../lib/server/services/demo/create-demo-collection.ts";
import { runDemo } from "../lib/server/services/demo/run-demo.ts";
import { scoreDemo } from "../lib/server/services/demo/score-demo.ts";
import type { WrittenField } from "../lib/server/threads/simulate.worker.ts";
import { parseArguments, runCommand } from "./support/command-line.ts";

const USAGE = `usage: npm run --silent demo -- [--data DIR]
Makes cards, fills them in with a simulated pen, photographs them, reads them, builds a data set, trains and measures a small network.
  --data DIR  keeps the result in this data folder, to be looked at with INKFORM_DATA=DIR npm start; no server may be running on it.
              Without it (and without INKFORM_DATA) a temporary folder is used and removed.
Prints one JSON object that compares the labels with what the pen really wrote. MNIST is mixed in where MNIST_DIR or the data folder has it.`;

await runCommand(async (args) => {
  const { values } = parseArguments(args, { data: { type: "string" } }, { usage: USAGE });
  const given = values.data ?? (process.env.INKFORM_DATA || undefined);
  const folder = given ?? (await mkdtemp(join(tmpdir(), "inkform-demo-")));
  const variables: Record<string, string | undefined> = { ...process.env, INKFORM_DATA: folder };
  // A temporary folder's pictures would be gone while a database server still named them.
  if (given === undefined) variables.DATABASE_URL = undefined;
  try {
    const runtime = await openRuntime(parseEnv(variables));
    try {
      console.log(JSON.stringify(await demonstrate(runtime)));
    } finally {
      await runtime.close();
    }
  } finally {
    if (given === undefined) await rm(folder, { recursive: true, force: true });
  }
});

async function demonstrate(runtime: Runtime) {
  const startedAt = performance.now();
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Error("interrupted")));
  const { slug } = await createDemoCollection(runtime, async () => undefined);
  const truth = new Map<string, readonly WrittenField[]>();
  let lastLine = "";
  const run = await runDemo(runtime, slug, {
    signal: stop.signal,
    progress: (fraction, message) => {
      const line = `${Math.round(100 * fraction)} % ${message}`;
      if (line !== lastLine) console.error(line);
      lastLine = line;
    },
    onSheet: (sheet, simulated) => void truth.set(sheet.fileName, simulated.truth),
  });
  const score = await scoreDemo(runtime, await getCollectionId(runtime.database.client, slug), truth);
  const resultOn = (set: string) => run.evaluations.find((evaluation) => evaluation.set === set)?.result ?? null;
  return {
    collection: slug,
    ...score,
    testError: resultOn(run.dataset.id),
    mnistError: resultOn("mnist"),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}
