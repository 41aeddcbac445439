import type { CreateKernels } from "../mlp/kernels/kernels.ts";

/** What a training needs of the machine it runs on: Node's is lib/server/services/train/train-in-node.ts, a browser tab's lib/train/tab. */
export interface TrainPlatform {
  /** Kernels for `threads` threads, or fewer where there are not so many; the results are the same. */
  createKernels(threads: number): CreateKernels;
  /** SHA-256 of the parts one after another, in hex. */
  sha256(parts: readonly Uint8Array[]): string;
  /** Lets messages in. Not before it resolves does the training go on: a pause is a turn that takes long. */
  turn(): Promise<void>;
}
