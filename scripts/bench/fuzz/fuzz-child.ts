/** Reads one file a message and says what came of it; the parent watches its time and ends it where it hangs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { closeNistReader } from "../../../lib/server/services/read/nist-reader.ts";
import { readScan } from "../../../lib/server/services/read/read-scan.ts";

export interface FuzzResult {
  /** `pages`: some page was decoded; `refused`: an InkformError that names the file; `fault`: anything else. */
  readonly outcome: "pages" | "refused" | "fault";
  readonly detail: string;
  /** Of the process until now. */
  readonly peakMb: number;
  /** Processor time of the reading. */
  readonly cpuMs: number;
}

const model = new Uint8Array(readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink")));

async function read(file: { name: string; bytes: Uint8Array }): Promise<Pick<FuzzResult, "outcome" | "detail">> {
  try {
    let pages = 0;
    for await (const page of readScan(file, { model, previews: false })) {
      pages++;
      const { reason } = page.reading;
      if (reason?.code === "decode-failed" && !reason.message.includes(file.name)) return { outcome: "fault", detail: reason.message };
      if (reason?.message.includes("an error in the program")) return { outcome: "fault", detail: reason.message };
    }
    return { outcome: "pages", detail: `${pages} pages` };
  } catch (error) {
    if (error instanceof InkformError && error.message.includes(file.name)) return { outcome: "refused", detail: error.message };
    return { outcome: "fault", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on("message", (file: { name: string; bytes: Uint8Array }) => {
  const before = process.cpuUsage();
  void read(file).then((result) => {
    const { user, system } = process.cpuUsage(before);
    const cost = { peakMb: process.resourceUsage().maxRSS / 1024, cpuMs: (user + system) / 1000 };
    process.send?.({ ...result, ...cost } satisfies FuzzResult);
  });
});
process.on("disconnect", () => void closeNistReader());
process.send?.("ready");
