import { join } from "node:path";
import { installTfjs } from "./install-tfjs.ts";
import { type Baseline, type BaselineJob, type Rate, startBaseline } from "./start-baseline.ts";

/** `pytorch-avx2` is PyTorch without AVX-512, for readers whose processor has none: it is shown, and counts for nothing. */
export type RivalKind = "pytorch" | "pytorch-avx2" | "tfjs" | "numpy";

/** A program to compare with. */
export interface Rival {
  readonly kind: RivalKind;
  readonly version: string;
  burst(job: Omit<BaselineJob, "program">): Promise<Rate>;
}

/** What this environment tells the libraries about threads, caches and instructions: nothing of it, or a user's setting would pass for their speed. */
const TOLD = /^(OPENBLAS|ATEN|DNNL|ONEDNN|MKL|OMP|GOMP)_/;
const AVX2 = { OPENBLAS_CORETYPE: "Haswell", ATEN_CPU_CAPABILITY: "avx2", DNNL_MAX_CPU_ISA: "AVX2", ONEDNN_MAX_CPU_ISA: "AVX2" };

/** All that this machine has. @param say gets a line about each that it has not */
export async function startRivals(
  folder: string,
  options: { readonly tfjs: boolean; readonly say: (line: string) => void },
): Promise<{ rivals: readonly Rival[]; end(): void }> {
  const { say } = options;
  const rivals: Rival[] = [];
  const baselines: Baseline[] = [];
  const add = (baseline: Baseline, kindOf: (program: string) => RivalKind | null): void => {
    baselines.push(baseline);
    for (const [program, version] of Object.entries(baseline.versions)) {
      const kind = kindOf(program);
      if (kind) rivals.push({ kind, version, burst: (job) => baseline.burst({ ...job, program }) });
    }
  };
  const python = await startPython(folder, {});
  if (python && "torch" in python.versions) {
    add(python, (program) => (program.startsWith("torch") ? "pytorch" : null));
    const held = await startPython(folder, AVX2);
    if (held) add(held, (program) => (program.startsWith("torch") ? "pytorch-avx2" : null));
  } else if (python) {
    say("PyTorch is left out: Python has none (Debian: apt-get install python3-torch libopenblas0-pthread). NumPy stands in.");
    add(python, () => "numpy");
  } else {
    say("PyTorch and NumPy are left out: there is no Python with NumPy (Debian: apt-get install python3-torch libopenblas0-pthread).");
  }
  if (!options.tfjs) say("tfjs is left out: --no-tfjs.");
  else {
    try {
      const baseline = await startBaseline(process.execPath, [join(import.meta.dirname, "baseline-tfjs.mjs"), await installTfjs(), folder]);
      if (!baseline) throw new Error("its wasm back end does not start or does not learn");
      add(baseline, () => "tfjs");
    } catch (error) {
      say(`tfjs is left out: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  return {
    rivals,
    end: () => {
      for (const baseline of baselines) baseline.end();
    },
  };
}

/** The first Python that has NumPy. */
async function startPython(folder: string, env: Record<string, string>): Promise<Baseline | null> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const untold = Object.fromEntries(Object.keys(process.env).flatMap((name) => (TOLD.test(name) ? [[name, undefined]] : [])));
    const baseline = await startBaseline(python, [join(import.meta.dirname, "baseline.py"), folder], { ...process.env, ...untold, ...env });
    if (baseline) return baseline;
  }
  return null;
}
