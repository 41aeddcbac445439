import { assertArgument } from "../../core/assert.ts";
import type { Model } from "../model.ts";
import type { Activation } from "../network.ts";
import { describeModel } from "./describe-model.ts";
import { listTensors, prefixOf, type Tensor } from "./list-tensors.ts";
import { bytes, integer, message, text } from "./protobuf.ts";

/**
 * Operators as of ONNX 1.8 (December 2020): the first whose Softmax is the one of today. Every ONNX Runtime since 1.6 reads them
 * (https://onnxruntime.ai/docs/reference/compatibility.html).
 */
const OPERATOR_SET = 13;
const IR_VERSION = 7;

/** TensorProto.DataType. */
const FLOAT = 1;
const FLOAT16 = 10;
/** AttributeProto.AttributeType. */
const INT = 2;

const OPERATORS: Record<Activation, string> = { relu: "Relu", tanh: "Tanh", logistic: "Sigmoid" };

/**
 * The model as an ONNX file. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 *
 *   input   "image"          float32 N x I, ink = 1 (bytes / 255), for any N
 *   output  "probabilities"  float32 N x C
 *
 * A layer is a Gemm with its weight as PyTorch has it (O x I, transB = 1); float16 weights are cast where they are used, which a
 * runtime does once, when it loads the file. A committee ends in the Mean of its networks' softmaxes.
 * @param hash SHA-256 of the .ink file, hex; kept in the file's metadata
 * @throws InkformError `invalid-argument` where a network reshapes its images or looks at them several times: a file that left it out would misread them
 */
export function encodeOnnx(model: Model, hash: string): Uint8Array {
  const reshaping = model.meta.reshapes.findIndex((reshape) => reshape !== "none");
  assertArgument(
    reshaping < 0,
    `Network ${reshaping + 1} reshapes its images (${model.meta.reshapes[reshaping]}), which an ONNX file of Inkform cannot hold. Export it as safetensors and reshape images as lib/mlp/reshape does, or train with "none".`,
  );
  const looking = model.meta.views.findIndex((views) => views !== "one");
  assertArgument(
    looking < 0,
    `Network ${looking + 1} looks at each image several times, which an ONNX file of Inkform cannot hold. Export it as safetensors and look as lib/mlp/views does, or train with views "one".`,
  );
  const metadata = Object.entries(describeModel(model, hash));
  return message(
    integer(1, IR_VERSION),
    text(2, "Inkform"),
    text(6, `Reads handwritten characters. Input: ${metadata.find(([key]) => key === "input")![1]}.`),
    bytes(7, encodeGraph(model)),
    bytes(8, message(text(1, ""), integer(2, OPERATOR_SET))),
    metadata.map(([key, value]) => bytes(14, message(text(1, key), text(2, value)))),
  );
}

function encodeGraph(model: Model): Uint8Array {
  const half = model.meta.weights === "f16";
  const tensors = listTensors(model);
  const casts = half ? tensors.map(({ name }) => node("Cast", [stored(name, half)], name, { to: FLOAT })) : [];
  return message(
    [...casts, ...listNodes(model)].map((encoded) => bytes(1, encoded)),
    text(2, "inkform"),
    tensors.map((tensor) => bytes(5, encodeTensor(tensor, half))),
    bytes(11, encodeValue("image", model.layers[0]!)),
    bytes(12, encodeValue("probabilities", model.classes.length)),
  );
}

/** The networks' layers, in the order they are computed. */
function listNodes(model: Model): Uint8Array[] {
  const single = model.networks.length === 1;
  const votes: string[] = [];
  const nodes = model.networks.flatMap((network, m) => {
    const prefix = prefixOf(model, m);
    const last = network.layers.length - 1;
    const vote = single ? "probabilities" : `members.${m}.probabilities`;
    votes.push(vote);
    let value = "image";
    return network.layers.flatMap((_, l) => {
      const name = `${prefix}.${l}`;
      const gemm = node("Gemm", [value, `${name}.weight`, `${name}.bias`], `${name}.sum`, { transB: 1 });
      value = `${name}.output`;
      return [gemm, l === last ? node("Softmax", [`${name}.sum`], vote) : node(OPERATORS[network.activation], [`${name}.sum`], value)];
    });
  });
  return single ? nodes : [...nodes, node("Mean", votes, "probabilities")];
}

/** The name of a tensor in the file: float16 ones are cast to the name that layers use. */
function stored(name: string, half: boolean): string {
  return half ? `${name}.f16` : name;
}

/** NodeProto, with whole-number attributes. Named as its only output. */
function node(operator: string, inputs: readonly string[], output: string, attributes: Record<string, number> = {}): Uint8Array {
  return message(
    inputs.map((name) => text(1, name)),
    text(2, output),
    text(3, output),
    text(4, operator),
    Object.entries(attributes).map(([name, value]) => bytes(5, message(text(1, name), integer(3, value), integer(20, INT)))),
  );
}

/** TensorProto. */
function encodeTensor({ name, shape, data }: Tensor, half: boolean): Uint8Array {
  return message(
    shape.map((size) => integer(1, size)),
    integer(2, half ? FLOAT16 : FLOAT),
    text(8, stored(name, half)),
    bytes(9, data),
  );
}

/** ValueInfoProto of a float32 N x `size`. */
function encodeValue(name: string, size: number): Uint8Array {
  const shape = message(bytes(1, text(2, "N")), bytes(1, integer(1, size)));
  return message(text(1, name), bytes(2, bytes(1, message(integer(1, FLOAT), bytes(2, shape)))));
}
