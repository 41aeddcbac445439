import type { TrainSettings } from "../../contracts/runs.ts";
import type { TabCommand, TabData, TabEvent } from "./messages.ts";

/** Where the app serves the worker's bundle (scripts/build-threads.mjs). */
const SCRIPT = "/workers/train.js";

/** The page's side of a training in this tab: a worker of its own, which ends with the training. */
export class TabTraining {
  private readonly worker: Worker;

  constructor(onEvent: (event: TabEvent) => void) {
    this.worker = new Worker(SCRIPT);
    this.worker.onmessage = ({ data }: MessageEvent<TabEvent>) => {
      if (data.type === "done" || data.type === "error") this.worker.terminate();
      onEvent(data);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.worker.terminate();
      const cause = event.message ? ` (${event.message})` : "";
      onEvent({
        type: "error",
        message: `The worker that trains in this tab did not start or broke off${cause}. Load the page again; if it stays, train on the server.`,
      });
    };
  }

  /** The data's bytes go over to the worker and are empty here afterwards. */
  start(data: TabData, settings: TrainSettings): void {
    const pairs = data.validation === null ? [data.train] : [data.train, data.validation];
    const buffers = pairs.flatMap(({ images, labels }) => [images.buffer as ArrayBuffer, labels.buffer as ArrayBuffer]);
    this.send({ type: "start", data, settings }, buffers);
  }

  pause(): void {
    this.send({ type: "pause" });
  }

  resume(): void {
    this.send({ type: "resume" });
  }

  /** Keeps what it has learned: `done` follows. */
  stop(): void {
    this.send({ type: "stop" });
  }

  /** Drops everything at once. */
  end(): void {
    this.worker.terminate();
  }

  private send(command: TabCommand, transfer: Transferable[] = []): void {
    this.worker.postMessage(command, transfer);
  }
}
