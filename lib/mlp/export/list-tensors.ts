import { InkformError } from "../../core/inkform-error.ts";
import type { Floats } from "../kernels/kernels.ts";
import type { Model } from "../model.ts";
import { encodeNumbers } from "../model-file/network-bytes.ts";
import { hasOnlyFinite, type Network } from "../network.ts";

/** An array of a model as other programs want it. */
export interface Tensor {
  readonly name: string;
  /** Row-major. */
  readonly shape: readonly number[];
  /** Little-endian float32, or float16 where the model keeps its weights so. */
  readonly data: Uint8Array;
}

/** Name of the m-th network's tensors and values: "layers.0.weight", in a committee "members.2.layers.0.weight". */
export function prefixOf(model: Model, m: number): string {
  return model.networks.length === 1 ? "layers" : `members.${m}.layers`;
}

/**
 * All weights and biases, named and ordered as PyTorch's: `torch.nn.Linear(I, O)` keeps its weight as O x I, output by output
 * (https://pytorch.org/docs/stable/generated/torch.nn.Linear.html), where lib/mlp keeps I x O.
 * @throws InkformError `internal` where a weight is not a number
 */
export function listTensors(model: Model): Tensor[] {
  return model.networks.flatMap((network, m) => {
    if (!hasOnlyFinite(network)) throw new InkformError("internal", "The network holds weights that are not numbers and was not exported.");
    return network.layers.flatMap(({ w, b }, l) => {
      const [I, O] = shapeOf(network, l);
      const name = `${prefixOf(model, m)}.${l}`;
      return [
        { name: `${name}.weight`, shape: [O, I], data: encodeNumbers(transpose(w, I, O), model.meta.weights) },
        { name: `${name}.bias`, shape: [O], data: encodeNumbers(b, model.meta.weights) },
      ];
    });
  });
}

function shapeOf({ sizes }: Network, l: number): [number, number] {
  return [sizes[l]!, sizes[l + 1]!];
}

/** I x O to O x I. */
function transpose(w: Floats, I: number, O: number): Float32Array {
  const turned = new Float32Array(w.length);
  for (let i = 0; i < I; i++) for (let o = 0; o < O; o++) turned[o * I + i] = w[i * O + o]!;
  return turned;
}
