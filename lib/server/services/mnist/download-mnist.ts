import { InkformError } from "../../../core/inkform-error.ts";
import { checkMnistFile } from "./check-mnist-file.ts";
import { MNIST_FILES, MNIST_MIRRORS, type MnistFileSpec } from "./mnist-files.ts";

export interface DownloadOptions {
  /** Folders, ending in "/"; tried in order, all of them twice. */
  readonly mirrors?: readonly string[];
  /** Names of files that need not be fetched. */
  readonly have?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  readonly report?: (fraction: number, message: string) => void;
  /** Packed file whose sum is right; called for one file after another. */
  readonly store: (file: MnistFileSpec, packed: Uint8Array) => Promise<void>;
}

const ROUNDS = 2;
const PAUSE_MS = 1500;
/** Without a byte for so long, the next mirror is tried. */
const STALL_MS = 20_000;
/** The largest packed file has 9.9 MB on every mirror. */
const MAX_PACKED = 20_000_000;

/**
 * Fetches MNIST's four files from public mirrors, checks each one's sum and hands it to `store`. A wrong sum counts as that mirror's failure.
 * @throws InkformError `unavailable` where no mirror has a file: says what each answered and how to go on without the network
 */
export async function downloadMnist(options: DownloadOptions): Promise<void> {
  const { mirrors = MNIST_MIRRORS, have = new Set(), report = () => undefined, signal } = options;
  const wanted = MNIST_FILES.filter((f) => !have.has(f.name));
  const total = wanted.reduce((sum, f) => sum + f.bytes, 0);
  let done = 0;
  for (const file of wanted) {
    report(done / total, `fetching ${file.name}.gz`);
    await options.store(file, await fetchFromAny(file, mirrors, signal));
    done += file.bytes;
  }
  report(1, "all four files are here and their sums are right");
}

async function fetchFromAny(file: MnistFileSpec, mirrors: readonly string[], signal?: AbortSignal): Promise<Uint8Array> {
  const failures = new Map<string, string>();
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(PAUSE_MS, signal);
    for (const mirror of mirrors) {
      const address = `${mirror}${file.name}.gz`;
      try {
        const packed = await fetchBytes(address, signal);
        await checkMnistFile(packed, file, address);
        return packed;
      } catch (error) {
        signal?.throwIfAborted();
        failures.set(new URL(mirror).host, explainFailure(error));
      }
    }
  }
  const tried = [...failures].map(([host, why]) => `${host}: ${why}`).join("; ");
  throw new InkformError(
    "unavailable",
    `MNIST's ${file.name}.gz could not be fetched from any of ${mirrors.length} public mirrors (${tried}). ` +
      "Check this machine's network and try again; or get the four files elsewhere and upload them on the Datasets page; or start Inkform with MNIST_DIR set to a folder that has them. What was fetched before is kept.",
  );
}

async function fetchBytes(address: string, signal?: AbortSignal): Promise<Uint8Array> {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  try {
    const response = await fetch(address, { signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal, redirect: "follow" });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      length += part.length;
      if (length > MAX_PACKED) throw new Error(`more than ${MAX_PACKED} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts, length);
  } catch (error) {
    if (stall.signal.aborted) throw new Error(`no answer for ${STALL_MS / 1000} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function explainFailure(error: unknown): string {
  if (error instanceof InkformError) return "the file there has a wrong sum";
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal?.throwIfAborted();
}
