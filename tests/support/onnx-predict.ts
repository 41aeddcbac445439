import * as ort from "onnxruntime-web";

/**
 * What ONNX Runtime makes of an ONNX file: another program than the one that wrote it. The WebAssembly build on one thread; onnxruntime-node
 * fetches CUDA libraries from nuget.org when it is installed on Linux, unless told not to by a setting that npm warns it will drop.
 * @param images n x 784 bytes, 255 = ink
 */
export async function onnxPredict(file: Uint8Array, images: Uint8Array, n: number): Promise<Float32Array> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(file);
  const input = Float32Array.from(images, (value) => value / 255);
  const { probabilities } = await session.run({ image: new ort.Tensor("float32", input, [n, images.length / n]) });
  if (probabilities?.type !== "float32") throw new Error("the output is not float32");
  return (await probabilities.getData()) as Float32Array;
}
