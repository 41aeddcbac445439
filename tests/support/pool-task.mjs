// A child process for the pool's tests: does what the input says. Bundled from TypeScript by the test.
import { InkformError } from "../../lib/core/inkform-error.ts";
import { serveTasks } from "../../lib/server/threads/serve-tasks.ts";

// A machine so busy that starting a process takes long.
await new Promise((resolve) => setTimeout(resolve, Number(process.env.SLOW_START_MS ?? 0)));

serveTasks(async (input, { emit, alive, common, signal }) => {
  switch (input.do) {
    case "count":
      for (let i = 0; i < input.to; i++) await emit({ i, pid: process.pid, bytes: new Uint8Array([i]) });
      return;
    case "flood":
      for (let i = 0; i < input.to; i++) void emit(i);
      return;
    case "crash":
      await emit("before");
      process.kill(process.pid, "SIGKILL");
      return;
    case "exit":
      process.exit(3);
      return;
    case "throw":
      throw new InkformError("invalid-file", "page 3 of a.pdf is torn");
    case "throw-other":
      throw new TypeError("x is not a function");
    case "hang":
      while (true);
    case "toil":
      for (let i = 0; i < input.to; i++) {
        const end = performance.now() + 100;
        while (performance.now() < end);
        alive();
      }
      return;
    case "common":
      await emit(common);
      return;
    case "memory": {
      const kept = [];
      while (true) kept.push(new Array(100_000).fill(Math.random()));
    }
    case "until-cancelled":
      await emit("started");
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      await emit("ended in order");
      return;
    case "signal-itself":
      for (const name of ["SIGINT", "SIGTERM"]) {
        process.kill(process.pid, name);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await emit(name);
      }
      return;
    case "ignore-cancel":
      await emit("started");
      await new Promise(() => setInterval(() => {}, 1000));
  }
});
