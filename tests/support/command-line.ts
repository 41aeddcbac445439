import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLine {
  /** As `npm run` starts it, through the TypeScript loader. */
  runAsIs(...args: string[]): Promise<CommandResult>;
  /** Bundled, as the entries of child processes are: a start takes a fifth of the time. */
  run(...args: string[]): Promise<CommandResult>;
  remove(): void;
}

/** `scripts/<name>.ts` for a test that starts it many times. It is run in the project's root. */
export async function bundleCommandLine(name: string): Promise<CommandLine> {
  // Within the project: the packages are found from there.
  const folder = mkdtempSync(join("build", "test-command-"));
  const outfile = join(folder, `${name}.mjs`);
  const entry = join("scripts", `${name}.ts`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return {
    runAsIs: (...args) => start(["--import", "tsx", entry, ...args]),
    run: (...args) => start([outfile, ...args]),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function start(args: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { maxBuffer: 1e8 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
