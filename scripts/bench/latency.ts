import { startServer } from "../support/start-server.ts";
import { type Bench, round } from "./bench-line.ts";
import { fillServer } from "./latency/busy-server.ts";
import { makeScans } from "./latency/make-scans.ts";
import { probe, quantile } from "./latency/probe.ts";

const SECONDS = 33;
const QUIET_SECONDS = 11;
const EVERY_MS = 100;

/** How long the site's pages, JSON and pictures take while one child process reads pages and another trains: on two cores, all that there is. */
export const latency: Bench = {
  about: "the built site's response times while it reads pages and trains (on MNIST where MNIST_DIR is set)",
  needs: [],
  startsApp: true,
  async run(report) {
    const scans = await makeScans(3, 300);
    const server = await startServer();
    try {
      const mnist = Boolean(process.env.MNIST_DIR);
      const filled = await fillServer(server.url, scans, { mnist });
      const request = { url: server.url, routes: filled.routes, everyMs: EVERY_MS };
      // What other programs on this machine cost is in these figures, too.
      const quiet = await probe({ ...request, seconds: QUIET_SECONDS });
      const work = await filled.startWork();
      const samples = await probe({ ...request, seconds: SECONDS });
      const { pages, epochs } = await work.stop();
      const line = (figure: string, value: number, unit: string): void =>
        report({ figure, value: round(value), unit, against: null, ratio: null });
      for (const route of Object.keys(filled.routes)) {
        const own = samples.filter((sample) => sample.route === route);
        line(`${route}, p50`, quantile(own, 0.5), "ms");
        line(`${route}, p95`, quantile(own, 0.95), "ms");
        line(`${route}, max`, quantile(own, 1), "ms");
      }
      line("all requests, p50", quantile(samples, 0.5), "ms");
      line("all requests, p95", quantile(samples, 0.95), "ms");
      line("all requests, max", quantile(samples, 1), "ms");
      line("all requests with no work going on, p50", quantile(quiet, 0.5), "ms");
      line("all requests with no work going on, p95", quantile(quiet, 0.95), "ms");
      line("requests", samples.length, "1");
      line("pages read meanwhile", pages, "1");
      line(mnist ? "epochs of MNIST trained meanwhile" : "epochs of the cards' glyphs trained meanwhile", epochs, "1");
    } finally {
      await server.stop();
    }
  },
};
