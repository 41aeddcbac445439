import type { Runtime } from "../../runtime.ts";
import type { SimulatedSheet } from "../../threads/simulate.worker.ts";
import { uploadScan } from "../scans/upload-scan.ts";
import { DEMO_SHEETS, type DemoSheet } from "./demo-plan.ts";

/**
 * Fills in, photographs and uploads the demo's sheets, one after another, while those uploaded are being read. What is there already (of a try that was killed) is not
 * made again, unless `onSheet` wants to see all.
 * @param options.onSheet gets what was really written
 */
export async function uploadSheets(
  runtime: Runtime,
  collection: { readonly id: string; readonly slug: string },
  options: {
    signal: AbortSignal;
    progress: (done: number) => Promise<void>;
    onSheet?: ((sheet: DemoSheet, simulated: SimulatedSheet) => void) | undefined;
  },
): Promise<void> {
  const uploaded = await runtime.database.client.scan.findMany({ where: { collectionId: collection.id }, select: { fileName: true } });
  const there = new Set(uploaded.map((scan) => scan.fileName));
  for (const [done, sheet] of DEMO_SHEETS.entries()) {
    await options.progress(done);
    if (there.has(sheet.fileName) && options.onSheet === undefined) continue;
    for await (const simulated of runtime.pools.pool<DemoSheet, SimulatedSheet>("simulate").run(sheet, { signal: options.signal })) {
      options.onSheet?.(sheet, simulated);
      await uploadScan(runtime, collection.slug, { name: sheet.fileName, batch: "demo" }, toStream(simulated.jpeg));
    }
  }
}

async function* toStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
