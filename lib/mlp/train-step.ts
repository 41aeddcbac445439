import { forwardPass } from "./forward-pass.ts";
import { keepUnlearned } from "./keep-unlearned.ts";
import type { BatchLoss, Kernels, UpdateRule } from "./kernels/kernels.ts";
import { type Network, nonlinearityOf } from "./network.ts";
import type { Loss } from "./training-settings.ts";
import type { Workspace } from "./workspace.ts";

export interface StepOptions extends UpdateRule {
  /** How many examples of the workspace the mini-batch has. */
  readonly B: number;
  /** Cross-entropy unless told. */
  readonly loss?: Loss;
  /** Part of the target that is spread over all classes. */
  readonly labelSmoothing?: number;
  /** Examples whose output errors are all smaller are not learned from (keep-unlearned.ts); 0 where it is left out. Not with dropout. */
  readonly skipBelow?: number;
  readonly dropout?: Dropout | undefined;
  /** What else there is to do while helping threads compute, such as the next mini-batch; it must leave this one's labels alone. */
  readonly meanwhile?: (() => void) | undefined;
}

/** Parts dropped of the network's inputs and of each hidden layer's outputs, in [0, 1). */
export interface Dropout {
  readonly input: number;
  readonly hidden: number;
  /** Of layer l's outputs in this step; l = 0 are the inputs. */
  readonly seed: (l: number) => number;
}

export interface TrainedNetwork {
  readonly network: Network;
  readonly velocity: Network;
  /** Adam's second moments. */
  readonly squares?: Network | undefined;
  readonly workspace: Workspace;
}

/**
 * One step of training on the mini-batch in workspace.a[0]: forward, loss, backward, update. Changes the network, `velocity` and `squares`.
 * The errors pass through a layer before it is changed, so all gradients are taken at the same weights.
 */
export function trainStep(kernels: Kernels, trained: TrainedNetwork, batch: { readonly labels: Uint8Array } & StepOptions): BatchLoss {
  const { network, velocity, squares, workspace } = trained;
  const { sizes, layers } = network;
  const { a, d } = workspace;
  const { labels, B: N, loss, labelSmoothing: smoothing, skipBelow = 0, dropout, meanwhile } = batch;
  // Written out: spreading objects takes as long as a small layer's update.
  const { rate, momentum, nesterov, adam, weightDecay, maxNorm } = batch;
  const L = layers.length;
  const dropped = (l: number): number => (l === L ? 0 : ((l === 0 ? dropout?.input : dropout?.hidden) ?? 0));
  const forward = (): BatchLoss => {
    forwardPass(kernels, network, workspace, N, (l) => {
      if (dropped(l) > 0) kernels.dropOut(a[l]!, { B: N, I: sizes[l]!, rate: dropped(l), seed: dropout!.seed(l) });
    });
    const computeLoss = loss === "squared-error" ? kernels.softmaxSquaredError : kernels.softmaxCrossEntropy;
    return computeLoss(d[L]!, a[L]!, labels, { B: N, C: sizes[L]!, smoothing: smoothing ?? 0 });
  };
  const backward = (B: number): void => {
    for (let l = L - 1; l >= 0; l--) {
      const shape = { B, I: sizes[l]!, O: sizes[l + 1]! };
      if (l > 0) {
        const below = nonlinearityOf(network, l - 1);
        // What dropout left of tanh's outputs is not what f' is taken from: dropOutErrors brings the slope. ReLU's is 0 or 1 all the same.
        const f = dropped(l) > 0 && below !== "relu" ? "linear" : below;
        kernels.backwardLayer(d[l]!, d[l + 1]!, layers[l]!, { ...shape, x: a[l]!, f });
        if (dropped(l) > 0) kernels.dropOutErrors(d[l]!, a[l]!, { ...shape, f: below, rate: dropped(l), seed: dropout!.seed(l) });
      }
      const rule = { B, I: shape.I, O: shape.O, N, rate, momentum, nesterov, adam, weightDecay, maxNorm, squares: squares?.layers[l] };
      kernels.updateLayer(layers[l]!, velocity.layers[l]!, { x: a[l]!, d: d[l + 1]! }, rule);
    }
  };
  if (skipBelow > 0) {
    const result = kernels.together(forward);
    const B = keepUnlearned(network, workspace, { B: N, below: skipBelow });
    kernels.together(() => backward(B), meanwhile);
    return result;
  }
  return kernels.together(() => {
    const result = forward();
    backward(N);
    return result;
  }, meanwhile);
}
