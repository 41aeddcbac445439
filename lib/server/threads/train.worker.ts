import type { CurvePoint } from "../../contracts/runs.ts";
import type { Pieces } from "../../mlp/model-file/pieces.ts";
import type { TrainRequest } from "../../train/train-network.ts";
import { type PackedSet, unpackSet } from "../services/runs/unpack-set.ts";
import { trainInNode } from "../services/train/train-in-node.ts";
import { serveTasks } from "./serve-tasks.ts";

/** A training with its data packed. */
export interface TrainTask extends Pick<TrainRequest, "classes" | "settings" | "checkpoint"> {
  readonly train: PackedSet;
  readonly validation: PackedSet | undefined;
}

/** A checkpoint or a model comes in pieces one after another, and nothing between them: neither process has a large one as a whole. */
export interface FilePiece {
  readonly type: "checkpoint" | "model";
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * What a training sends: after the last checkpoint what the model is, then the model's own pieces. A cancel ends it early: then, too, the last
 * checkpoint and the model of what it has come.
 */
export type TrainMessage =
  | { readonly type: "point"; readonly point: CurvePoint }
  | { readonly type: "trained"; readonly layers: readonly number[]; readonly networks: number }
  | FilePiece;

/** Epochs of a small data set take milliseconds: not each of their checkpoints is worth a write to the disk. */
const CHECKPOINT_MS = 1000;

serveTasks<TrainTask, TrainMessage>(async ({ train, validation, classes, settings, checkpoint }, { emit, signal }) => {
  const request: TrainRequest = {
    train: unpackSet(train, classes),
    validation: validation && unpackSet(validation, classes),
    classes,
    settings,
    checkpoint,
  };
  const send = async (type: FilePiece["type"], file: Pieces): Promise<void> => {
    let left = file.length;
    for (const bytes of file.read()) {
      left -= bytes.length;
      await emit({ type, bytes, last: left === 0 });
    }
  };
  let sentAt = performance.now();
  const { model, networks } = await trainInNode(request, {
    // Not awaited: points keep their order, and there are only a few a second.
    onPoint: (point) => void emit({ type: "point", point }),
    onCheckpoint: async (checkpoint) => {
      if (!signal.aborted && performance.now() - sentAt < CHECKPOINT_MS) return;
      await send("checkpoint", checkpoint);
      sentAt = performance.now();
    },
    isStopped: () => signal.aborted,
  });
  await emit({ type: "trained", layers: [784, ...settings.hidden, classes.length], networks });
  await send("model", model);
});
