import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildCard } from "../../../lib/card/build-card.ts";
import { encodeCardCode } from "../../../lib/card/card-code.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { DEMO_WRITERS } from "../../../lib/simulate/demo-writers.ts";
import makeDatabaseTemplate from "../database-template.ts";
import { fillInPdf } from "../fill-in-pdf.ts";
import { startServer, type TestServer } from "../start-server.ts";
import { addScans } from "./add-scans.ts";

/** From the project's root. */
const FOLDER = join("build", "test-filled");
/** The sheets that were read, for tests that put sheets in themselves: to fill them in takes longer than to read them. */
const SHEETS = join("build", "test-sheets");
const CARDS = [700, 701, 702].map((seed) => ({ template: "digits", paper: "a4", seed, dropOut: "none" }) as const);
/** MNIST is not looked for: what a test shows must not depend on whether it is here. */
const ENV = { MNIST_DIR: "" };

/**
 * Playwright's global setup: a data folder whose collection "mine" has three scanned sheets of digits by three simulated writers, read, one in fifty miswritten. Spec
 * files that need no more begin with a copy of it; those that begin with nothing, with an empty database.
 */
export default async function makeFilledFolder(): Promise<void> {
  await makeDatabaseTemplate();
  await rm(FOLDER, { recursive: true, force: true });
  const pdf = await renderCards(CARDS.map((spec) => buildCard(spec)));
  const codes = CARDS.map((spec) => encodeCardCode(spec));
  const sheets = await fillInPdf(pdf, codes, { writers: DEMO_WRITERS, device: "flatbed", fill: { errorRate: 0.02 } });
  await mkdir(SHEETS, { recursive: true });
  for (const { name, bytes } of sheets) await writeFile(join(SHEETS, name), bytes);
  const server = await startServer({ ...ENV, INKFORM_DATA: FOLDER });
  try {
    await addScans(server, sheets);
  } finally {
    await server.stop();
  }
}

/** A server of a test's own on such a folder. */
export function startFilledServer(): Promise<TestServer> {
  return startServer(ENV, FOLDER);
}

/** The three sheets of {@link startFilledServer}, as files. */
export function readFilledSheets(): Promise<{ name: string; bytes: Uint8Array }[]> {
  return Promise.all([1, 2, 3].map(async (n) => ({ name: `sheet-${n}.jpg`, bytes: await readFile(join(SHEETS, `sheet-${n}.jpg`)) })));
}
