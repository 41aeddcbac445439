import { availableParallelism, cpus, loadavg } from "node:os";

/** The processor, and how busy it is: figures of a busy machine are no figures. */
export function describeMachine(): string {
  const name = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${name}, ${availableParallelism()} cores, Node ${process.versions.node}, V8 ${process.versions.v8}`;
}

/** Processes that wanted to run, over the last minute. */
export function describeLoad(): string {
  return loadavg()[0]!.toFixed(2);
}
