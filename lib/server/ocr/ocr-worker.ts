import path from "node:path";
import { createWorker, type Worker } from "tesseract.js";

/** One tesseract.js worker, offline: started at the first task, kept, its tasks done one after the other. */
export interface OcrWorker {
  readonly run: <T>(task: (worker: Worker) => Promise<T>) => Promise<T>;
  /** Ends the worker; a later `run` starts a new one. */
  readonly close: () => Promise<void>;
}

export function createOcrWorker(): OcrWorker {
  let worker: Promise<Worker> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const start = (): Promise<Worker> => {
    worker ??= openWorker().catch((error: unknown) => {
      worker = null;
      throw error;
    });
    return worker;
  };
  return {
    run: (task) => {
      const answer = queue.then(async () => task(await start()));
      queue = answer.catch(() => undefined);
      return answer;
    },
    close: async () => {
      const open = worker;
      worker = null;
      if (open !== null) await (await open).terminate();
    },
  };
}

/** Language data comes from the installed package: nothing is downloaded, nothing is written. */
function openWorker(): Promise<Worker> {
  const root = process.env.INKFORM_ROOT ?? process.cwd();
  const langPath = path.join(root, "node_modules", "@tesseract.js-data", "eng", "4.0.0_best_int");
  return createWorker("eng", 1, { langPath, gzip: true, cacheMethod: "none" });
}
