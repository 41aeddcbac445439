import type { CurvePoint, TrainSettings } from "../../contracts/runs.ts";

/** A split as two IDX files, raw or packed with gzip. */
export interface IdxPair {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** What to train on, as it came from the server. */
export interface TabData {
  readonly train: IdxPair;
  /** Null where there is no such split: then a tenth of the examples is held back. */
  readonly validation: IdxPair | null;
  /** What the labels mean, in the order of the network's outputs. */
  readonly classes: readonly string[];
  /** Only so many of the first examples are taken; null for all. */
  readonly limit: number | null;
}

/** From the page to the worker. A worker trains once: `start` comes first and once. */
export type TabCommand =
  | { readonly type: "start"; readonly data: TabData; readonly settings: TrainSettings }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Ends the training and keeps what it has learned. */
  | { readonly type: "stop" };

/** From the worker to the page; after `done` or `error` nothing more comes. */
export type TabEvent =
  | {
      readonly type: "started";
      readonly examples: number;
      /** Of the validation error; 0 where the data are too few to hold some back. */
      readonly validation: number;
      /** True where the validation examples were taken from the training split. */
      readonly heldBack: boolean;
      readonly threads: number;
    }
  | { readonly type: "point"; readonly point: CurvePoint }
  /** The network as it is by now, an .ink file: once a second, and before a pause. */
  | { readonly type: "network"; readonly bytes: Uint8Array }
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  /** `model` is the .ink file; `stopped` where it ended before its last epoch. */
  | { readonly type: "done"; readonly model: Uint8Array; readonly stopped: boolean }
  /** For the user: what happened and what to do. */
  | { readonly type: "error"; readonly message: string };
