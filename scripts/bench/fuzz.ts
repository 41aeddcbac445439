import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { processCpuMs } from "../../lib/server/threads/process-cpu-ms.ts";
import { parseArguments, UsageError } from "../support/command-line.ts";
import { type Bench, round } from "./bench-line.ts";
import type { FuzzResult } from "./fuzz/fuzz-child.ts";
import { type FuzzInput, makeBombs, makeInput, makeSeeds } from "./fuzz/make-input.ts";

const USAGE = "usage: npm run --silent bench -- fuzz [--inputs 2000] [--seed 1]";
/** Processor time: on a busy machine the clock tells nothing. By the clock, where the system does not tell a process's time, and for what waits for ever. */
const HANG_MS = 10_000;
const WAIT_MS = 180_000;
const MAX_MB = 600;

/** Damaged and hostile files through the whole of `readScan` in a child process whose time and memory are watched. */
export const fuzz: Bench = {
  about: "damaged and hostile files: crashes, hangs over 10 s of processor time, peak memory, failures that do not name the file",
  needs: [],
  takesOptions: true,
  async run(report, args) {
    const { values } = parseArguments(args, { inputs: { type: "string" }, seed: { type: "string" } }, { usage: USAGE });
    const [inputs, seed] = [Number(values.inputs ?? 2000), Number(values.seed ?? 1)];
    if (!(inputs >= 1 && Number.isInteger(inputs) && Number.isInteger(seed))) throw new UsageError(USAGE);
    const seeds = await makeSeeds();
    const bombs = await makeBombs();
    const counts = { pages: 0, refused: 0, fault: 0, crash: 0, hang: 0 };
    let worst = { ms: 0, name: "" };
    let spentMs = 0;
    let peakMb = 0;
    let child: ChildProcess | null = null;
    for (let i = 0; i < inputs; i++) {
      const input = bombs[i] ?? makeInput(seeds, seed * 1_000_000 + i);
      child ??= await startChild();
      const result = await ask(child, input);
      const outcome = typeof result === "string" ? result : result.outcome;
      counts[outcome]++;
      if (typeof result !== "string") {
        if (result.cpuMs > worst.ms) worst = { ms: result.cpuMs, name: input.name };
        if (result.peakMb > peakMb) peakMb = result.peakMb;
        spentMs += result.cpuMs;
      }
      if ((i + 1) % 100 === 0) process.stderr.write(`${i + 1} of ${inputs}: ${JSON.stringify(counts)}\n`);
      const bad = typeof result === "string" || result.outcome === "fault" || result.peakMb > MAX_MB;
      if (bad)
        process.stderr.write(
          `${input.name}: ${typeof result === "string" ? result : `${Math.round(result.peakMb)} MB ${result.detail}`}\n`,
        );
      // Memory is a process's peak: each bomb has one of its own, and what follows a bad file as well.
      if (bad || i < bombs.length) {
        child.kill("SIGKILL");
        child = null;
      }
    }
    child?.disconnect();
    for (const [figure, value] of Object.entries(counts)) report({ figure, value, unit: "count", against: null, ratio: null });
    report({ figure: `most processor time (${worst.name})`, value: round(worst.ms / 1000), unit: "s", against: null, ratio: null });
    report({ figure: "processor time, mean", value: round(spentMs / inputs), unit: "ms", against: null, ratio: null });
    report({ figure: "peak memory", value: round(peakMb), unit: "MB", against: null, ratio: null });
  },
};

/** Resolves when the process is ready: its start is no reading time. */
function startChild(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "fuzz", "fuzz-child.ts"), { serialization: "advanced" });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the reading process did not start")));
    child.once("message", () => {
      child.removeAllListeners();
      resolve(child);
    });
  });
}

function ask(child: ChildProcess, input: FuzzInput): Promise<FuzzResult | "crash" | "hang"> {
  return new Promise((resolve) => {
    const done = (result: FuzzResult | "crash" | "hang"): void => {
      clearInterval(timer);
      child.removeAllListeners();
      resolve(result);
    };
    const cpuAtStart = processCpuMs(child.pid!);
    const start = performance.now();
    const timer = setInterval(() => {
      const waited = performance.now() - start;
      const cpu = processCpuMs(child.pid!);
      const used = cpu === null || cpuAtStart === null ? waited : cpu - cpuAtStart;
      if (used > HANG_MS || waited > WAIT_MS) done("hang");
    }, 250);
    child.once("exit", () => done("crash"));
    child.once("message", (message) => done(message as FuzzResult));
    child.send({ name: input.name, bytes: new Uint8Array(input.bytes) });
  });
}
