import type { TrainSettings } from "../contracts/runs.ts";
import { InkformError } from "../core/inkform-error.ts";
import { NORMALIZATION_VERSION } from "../glyph/normalization-version.ts";
import { buildModel, type TrainedNetwork } from "../mlp/build-model.ts";
import { deriveSeed } from "../mlp/derive-seed.ts";
import { decodeModel } from "../mlp/model-file/decode-model.ts";
import { joinPieces } from "../mlp/model-file/pieces.ts";
import { streamModel } from "../mlp/model-file/stream-model.ts";
import { decodeCommitteeCheckpoint, encodeCommitteeCheckpoint } from "./committee-checkpoint.ts";
import type { TrainPlatform } from "./platform.ts";
import { reshapeOfMember } from "./reshape-of-member.ts";
import { type TrainListener, type TrainRequest, type TrainResult, trainNetwork } from "./train-network.ts";

/**
 * Trains `settings.members` networks one after another and puts them into one model, which predicts the mean of their probabilities
 * (Meier 2011, Cireşan 2012). One network is `trainNetwork`'s affair alone.
 *
 * Networks differ in their seed, and with "varied" in how they look at images: the first has the run's own and sees them as they are, so that it is the network a training
 * without a committee gives.
 * A time limit is shared out evenly. The curve goes on from network to network: its epochs and seconds add up. Checkpoints hold the
 * finished networks as well, and the final weights are the same however often the training was taken up again. A stop keeps the finished
 * networks; the one on its way, half trained, would spoil their vote, and is kept only where there is no other.
 * @throws InkformError as `trainNetwork`
 */
export async function trainCommittee(request: TrainRequest, listener: TrainListener, platform: TrainPlatform): Promise<TrainResult> {
  const { classes, settings } = request;
  const { members } = settings;
  const earlier = request.checkpoint ? decodeCommitteeCheckpoint(request.checkpoint) : null;
  if (request.checkpoint && (earlier?.members ?? 1) !== members) {
    throw new InkformError(
      "conflict",
      `The training cannot be resumed from this checkpoint: it is of ${earlier?.members ?? 1} networks, not ${members}. Start a new training instead.`,
    );
  }
  if (members === 1) return trainNetwork(request, listener, platform);

  const finished = [...(earlier?.finished ?? [])];
  const trained: TrainedNetwork[] = finished.map(takeNetwork);
  let checkpoint = earlier?.current;
  let cutShort = false;
  let stopped = false;
  let last: TrainResult | null = null;
  for (let m = finished.length; m < members && !stopped; m++) {
    const before = trained.reduce((sum, { record }) => sum + (record?.seconds ?? 0), 0);
    const own = settingsOf(settings, m);
    const result = await trainNetwork(
      { ...request, settings: own, checkpoint, weights: "f32" },
      {
        onPoint: (point) =>
          listener.onPoint({
            ...point,
            member: m + 1,
            epoch: m * settings.epochs + point.epoch,
            seconds: before + point.seconds,
            secondsLeft: addOthers(point, { before, m, members }),
          }),
        onCheckpoint: (current) => listener.onCheckpoint(encodeCommitteeCheckpoint({ members, finished, current })),
        isStopped: () => listener.isStopped(),
      },
      platform,
    );
    last = result;
    checkpoint = undefined;
    stopped = result.stopped && listener.isStopped();
    cutShort ||= result.stopped;
    if (!stopped || trained.length === 0) {
      const file = joinPieces(result.model);
      trained.push(takeNetwork(file));
      finished.push(file);
    }
    // Asked for between two networks: the one that is done is in no checkpoint yet, and its own last one ends at once when it is resumed.
    if (listener.isStopped() && m + 1 < members) stopped = true;
  }
  // There is one: a checkpoint is always of a network on its way.
  if (last === null) throw new InkformError("internal", "The committee had no network to train.");
  const model = streamModel(buildModel(trained, { classes, normalization: NORMALIZATION_VERSION, weights: request.weights }));
  return { model, record: last.record, networks: trained.length, stopped: stopped || cutShort };
}

/** Of network m, from 0. */
function settingsOf(settings: TrainSettings, m: number): TrainSettings {
  const { seed, maxSeconds, members } = settings;
  return {
    ...settings,
    members: 1,
    seed: m === 0 ? seed : deriveSeed(seed, "member", m),
    reshape: reshapeOfMember(settings, m),
    maxSeconds: maxSeconds === undefined ? undefined : maxSeconds / members,
  };
}

function takeNetwork(file: Uint8Array): TrainedNetwork {
  const { networks, meta } = decodeModel(file);
  return { network: networks[0]!, reshape: meta.reshapes[0], views: meta.views[0], record: meta.records[0] ?? null };
}

/** The networks to come take as long as those before, with the one that trains as it is expected to end. */
function addOthers(
  point: { readonly seconds: number; readonly secondsLeft: number | null },
  { before, m, members }: { readonly before: number; readonly m: number; readonly members: number },
): number | null {
  if (point.secondsLeft === null) return null;
  const upToThis = before + point.seconds + point.secondsLeft;
  return point.secondsLeft + (upToThis / (m + 1)) * (members - m - 1);
}
