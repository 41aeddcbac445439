import { type CurvePoint, type RunView, runViewSchema, type TrainSettings } from "../../../../../lib/contracts/runs.ts";
import type { Model } from "../../../../../lib/mlp/model.ts";
import { decodeModel } from "../../../../../lib/mlp/model-file/decode-model.ts";
import type { TabEvent } from "../../../../../lib/train/tab/messages.ts";
import { TabTraining } from "../../../../../lib/train/tab/tab-training.ts";
import { sendBytes } from "../../../../_components/api-client.ts";
import { loadTabData, type TabChoice } from "./load-tab-data.ts";

export interface TabState {
  readonly phase: "idle" | "loading" | "running" | "paused" | "done" | "failed";
  /** What is trained on, and how. */
  readonly choice: TabChoice | null;
  readonly settings: TrainSettings | null;
  readonly started: Extract<TabEvent, { type: "started" }> | null;
  readonly curve: readonly CurvePoint[];
  /** The network as it is by now: at first once a second, at the end the trained one. */
  readonly model: Model | null;
  /** The trained network's .ink file. */
  readonly file: Uint8Array | null;
  /** Ended before its last epoch. */
  readonly stopped: boolean;
  readonly error: unknown;
  readonly keeping: "no" | "sending" | RunView;
  readonly keepError: unknown;
}

export const IDLE: TabState = {
  phase: "idle",
  choice: null,
  settings: null,
  started: null,
  curve: [],
  model: null,
  file: null,
  stopped: false,
  error: null,
  keeping: "no",
  keepError: null,
};
/** Epochs of a few glyphs take milliseconds: the screen follows ten times a second. */
const REDRAW_MS = 100;

/** The training of a collection in this tab. It outlives the screen: going to Review does not end it, closing the tab does. */
export class TabStore {
  private state = IDLE;
  private readonly listeners = new Set<() => void>();
  private training: TabTraining | null = null;
  private unseen: CurvePoint[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly slug: string) {}

  readonly snapshot = (): TabState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(choice: TabChoice, settings: TrainSettings): Promise<void> {
    this.training?.end();
    this.training = null;
    this.unseen = [];
    const before = { ...IDLE, choice, settings, phase: "loading" } as const;
    this.set(before);
    try {
      const data = await loadTabData(choice);
      // Another start while this one was loading.
      if (this.state !== before) return;
      this.training = new TabTraining((event) => this.take(event));
      this.training.start(data, settings);
    } catch (error) {
      if (this.state === before) this.change({ phase: "failed", error });
    }
  }

  pause(): void {
    this.training?.pause();
  }

  resume(): void {
    this.training?.resume();
  }

  stop(): void {
    if (this.state.phase !== "loading") {
      this.training?.stop();
      return;
    }
    this.training?.end();
    this.set(IDLE);
  }

  /** Sends the trained network to the server, where it becomes a run of the collection. @returns whether it did */
  async keep(): Promise<boolean> {
    const { file, choice } = this.state;
    if (file === null || choice === null || this.state.keeping !== "no") return false;
    this.change({ keeping: "sending", keepError: null });
    const still = () => this.state.file === file;
    try {
      const address = `/api/collections/${this.slug}/models?dataset=${encodeURIComponent(choice.dataset)}`;
      const run = await sendBytes(runViewSchema, "POST", address, file);
      if (still()) this.change({ keeping: run });
      return true;
    } catch (keepError) {
      if (still()) this.change({ keeping: "no", keepError });
      return false;
    }
  }

  private take(event: TabEvent): void {
    switch (event.type) {
      case "started":
        this.change({ started: event, phase: "running" });
        break;
      case "point":
        this.unseen.push(event.point);
        this.timer ??= setTimeout(() => this.showPoints(), REDRAW_MS);
        break;
      case "network":
        this.change({ model: decodeModel(event.bytes) });
        break;
      case "paused":
        this.change({ phase: "paused" });
        break;
      case "resumed":
        this.change({ phase: "running" });
        break;
      case "done":
        this.showPoints();
        this.training = null;
        this.change({ phase: "done", stopped: event.stopped, file: event.model, model: decodeModel(event.model) });
        break;
      case "error":
        this.showPoints();
        this.training = null;
        this.change({ phase: "failed", error: new Error(event.message), model: null });
        break;
    }
  }

  private showPoints(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.unseen.length === 0) return;
    const curve = [...this.state.curve, ...this.unseen];
    this.unseen = [];
    this.change({ curve });
  }

  private change(part: Partial<TabState>): void {
    this.set({ ...this.state, ...part });
  }

  private set(state: TabState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
