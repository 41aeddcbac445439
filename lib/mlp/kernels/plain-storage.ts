import type { Floats, Kernels } from "./kernels.ts";

type Storage = Pick<Kernels, "allocate" | "allocateBytes" | "createLayer" | "writeLayer" | "readRows" | "scaleBytes" | "together" | "end">;

/** How kernels in TypeScript keep things: in ordinary arrays, weights row-major. They do everything at once. */
export function plainStorage(allocate: (length: number) => Floats): Storage {
  return {
    allocate,
    allocateBytes: (length) => new Uint8Array(length),
    createLayer: (I, O) => ({ w: allocate(I * O), b: allocate(O) }),
    writeLayer: (to, from) => {
      to.w.set(from.w);
      to.b.set(from.b);
    },
    readRows: (to, { w, b }, { O, first }) => {
      const weights = w.subarray(first * O, first * O + to.length);
      to.set(weights);
      if (weights.length < to.length) to.set(b, weights.length);
    },
    scaleBytes: (x, bytes, length) => {
      for (let k = 0; k < length; k++) x[k] = bytes[k]! / 255;
    },
    together: (work, meanwhile) => {
      const result = work();
      meanwhile?.();
      return result;
    },
    end: () => {},
  };
}
