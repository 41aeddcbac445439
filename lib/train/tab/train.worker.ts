import { sha256 } from "../../core/sha256.ts";
import { type HelperThreads, prepareHelperThreads } from "./helper-threads.ts";
import type { TabCommand, TabEvent } from "./messages.ts";
import { serveTraining } from "./serve-training.ts";
import { createTurn } from "./turn.ts";

/** The worker in which a tab trains. Its bundle lies beside that of its helping threads. */
const HELPER = new URL("kernel-thread.js", location.href).href;

let helpers: HelperThreads | null = null;
const handle = serveTraining({
  prepareThreads: async (wanted) => {
    helpers = await prepareHelperThreads(wanted, HELPER);
    return helpers.count;
  },
  platform: { createKernels: (threads) => helpers!.createKernels(threads), sha256, turn: createTurn() },
  send: (event: TabEvent) => postMessage(event, { transfer: transferable(event) }),
});
addEventListener("message", ({ data }: MessageEvent<TabCommand>) => void handle(data));

/** Weights go over without a copy. */
function transferable(event: TabEvent): Transferable[] {
  if (event.type === "done") return [event.model.buffer as ArrayBuffer];
  return event.type === "network" ? [event.bytes.buffer as ArrayBuffer] : [];
}
