import { InkformError } from "../../core/inkform-error.ts";
import { NORMALIZATION_VERSION } from "../../glyph/normalization-version.ts";
import { buildModel } from "../../mlp/build-model.ts";
import { decodeCheckpoint } from "../../mlp/model-file/checkpoint.ts";
import { encodeModel } from "../../mlp/model-file/encode-model.ts";
import { joinPieces } from "../../mlp/model-file/pieces.ts";
import { checkTrainingSet } from "../../mlp/training-set.ts";
import type { TrainPlatform } from "../platform.ts";
import { reshapeOfMember } from "../reshape-of-member.ts";
import { trainNetwork } from "../train-network.ts";
import { firstOf, holdBack } from "./hold-back.ts";
import type { TabCommand, TabData, TabEvent } from "./messages.ts";
import { unpackSplit } from "./unpack-split.ts";

const PIXELS = 784;
/** Between two networks sent on the way. */
const NETWORK_MS = 1000;

export interface TabHost {
  /** Threads that can compute, the caller among them; helpers are ready when it resolves. */
  prepareThreads(wanted: number): Promise<number>;
  readonly platform: TrainPlatform;
  send(event: TabEvent): void;
}

/**
 * The worker's side of a training in a tab: takes the page's commands one by one and sends events.
 * @returns takes a command; resolves when what it began has ended, which for `start` is the whole training
 */
export function serveTraining(host: TabHost): (command: TabCommand) => Promise<void> {
  let started = false;
  let stopped = false;
  /** The last checkpoint that the page does not know as a network yet. */
  let unsent: (() => void) | null = null;
  /** Lets a paused training go on. */
  let release: (() => void) | null = null;
  let gate: Promise<void> | null = null;

  const resume = (): void => {
    release?.();
    release = null;
    gate = null;
  };
  // A pause is a turn that takes long.
  const turn = async (): Promise<void> => {
    await host.platform.turn();
    while (gate !== null) {
      // What is tried out during the pause is what was learned until then.
      unsent?.();
      unsent = null;
      host.send({ type: "paused" });
      await gate;
      if (!stopped) host.send({ type: "resumed" });
    }
  };

  return async (command) => {
    switch (command.type) {
      case "start": {
        if (started) throw new InkformError("internal", "A worker trains once: start another one.");
        started = true;
        try {
          let sentAt = Number.NEGATIVE_INFINITY;
          const offerNetwork = (send: () => void): void => {
            unsent = send;
            if (performance.now() - sentAt < NETWORK_MS) return;
            send();
            unsent = null;
            sentAt = performance.now();
          };
          await train(command, { ...host, platform: { ...host.platform, turn } }, { isStopped: () => stopped, offerNetwork });
        } catch (error) {
          host.send({ type: "error", message: describe(error) });
        }
        break;
      }
      case "pause":
        gate ??= new Promise((resolve) => {
          release = resolve;
        });
        break;
      case "resume":
        resume();
        break;
      case "stop":
        stopped = true;
        resume();
        break;
    }
  };
}

async function train(
  { data, settings }: Extract<TabCommand, { type: "start" }>,
  host: TabHost,
  { isStopped, offerNetwork }: { readonly isStopped: () => boolean; readonly offerNetwork: (send: () => void) => void },
): Promise<void> {
  const { classes } = data;
  const { train: set, validation, heldBack } = await prepareData(data);
  checkTrainingSet(set, { name: "training", inputs: PIXELS, classes, severalClasses: true });
  const threads = await host.prepareThreads(settings.threads);
  host.send({ type: "started", examples: set.labels.length, validation: validation?.labels.length ?? 0, heldBack, threads });
  const result = await trainNetwork(
    { train: set, validation, classes, settings: { ...settings, threads } },
    {
      onPoint: (point) => host.send({ type: "point", point }),
      onCheckpoint: (checkpoint) => {
        const bytes = joinPieces(checkpoint);
        offerNetwork(() => {
          const { state } = decodeCheckpoint(bytes);
          const network = state.average ?? state.network;
          const model = buildModel([{ network, reshape: reshapeOfMember(settings, 0), views: settings.views, record: null }], {
            classes,
            normalization: NORMALIZATION_VERSION,
          });
          host.send({ type: "network", bytes: encodeModel(model) });
        });
      },
      isStopped,
    },
    host.platform,
  );
  host.send({ type: "done", model: joinPieces(result.model), stopped: result.stopped });
}

async function prepareData({ train: packed, validation, classes, limit }: TabData) {
  if (classes.length < 2) {
    const only = classes.length === 0 ? "no class" : `one class only ("${classes[0]}")`;
    throw new InkformError(
      "invalid-argument",
      `The data set has ${only}: there is nothing to tell apart. Build a version with more characters.`,
    );
  }
  const all = await unpackSplit(packed, classes, "training");
  if (validation !== null) {
    const held = await unpackSplit(validation, classes, "validation");
    if (held.labels.length > 0) {
      const train = firstOf(all, Math.min(all.labels.length, limit ?? all.labels.length), PIXELS);
      return { train, validation: held, heldBack: false };
    }
  }
  const { train, held } = holdBack(all, { pixels: PIXELS, limit });
  return { train, validation: held ?? undefined, heldBack: held !== null };
}

function describe(error: unknown): string {
  if (error instanceof InkformError) return error.message;
  const what = error instanceof Error ? error.message : String(error);
  return `The training broke off: ${what}. Nothing on the server has changed. Start it again, with smaller layers if memory is short.`;
}
