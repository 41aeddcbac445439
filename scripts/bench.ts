/** `npm run bench -- NAME`: measured figures as JSON lines, side by side with other programs where they are installed. */
import { accuracy } from "./bench/accuracy.ts";
import type { Bench } from "./bench/bench-line.ts";
import { browser } from "./bench/browser.ts";
import { corpus } from "./bench/corpus.ts";
import { cost } from "./bench/cost.ts";
import { fuzz } from "./bench/fuzz.ts";
import { labelErrors } from "./bench/label-errors.ts";
import { labels } from "./bench/labels.ts";
import { latency } from "./bench/latency.ts";
import { mlp } from "./bench/mlp.ts";
import { nist } from "./bench/nist.ts";
import { normalize } from "./bench/normalize.ts";
import { read } from "./bench/read.ts";
import { review } from "./bench/review.ts";
import { reviewScreen } from "./bench/review-screen.ts";
import { spoiled } from "./bench/spoiled.ts";
import { ensureBuilt, ensureGenerated } from "./support/bootstrap.mjs";
import { parseArguments, runCommand, UsageError } from "./support/command-line.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  accuracy,
  browser,
  corpus,
  cost,
  fuzz,
  labels,
  "label-errors": labelErrors,
  latency,
  mlp,
  nist,
  normalize,
  read,
  review,
  "review-screen": reviewScreen,
  spoiled,
};

await runCommand(async (args) => {
  // Options that come before a name are this command's (--help), those after it the bench's.
  const own = args.findIndex((arg) => !arg.startsWith("-"));
  parseArguments(own < 0 ? args : args.slice(0, own), {}, { usage: listBenches() });
  if (own < 0) throw new UsageError(listBenches());
  const name = args[own]!;
  const rest = args.slice(own + 1);
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) throw new UsageError(`There is no bench "${name}".\n${listBenches()}`);
  if (!bench.takesOptions) parseArguments(rest, {}, { usage: listBenches() });
  for (const variable of bench.needs) {
    if (!process.env[variable]) throw new UsageError(`The bench "${name}" needs ${variable}: set it to the folder with that data.`);
  }
  if (bench.startsApp) {
    await ensureGenerated();
    await ensureBuilt();
  }
  await bench.run((line) => console.log(JSON.stringify({ bench: name, ...line })), rest);
});

function listBenches(): string {
  const lines = Object.entries(BENCHES).map(
    ([name, { about, needs }]) => `  ${name.padEnd(12)} ${about}${needs.length > 0 ? ` (needs ${needs.join(", ")})` : ""}`,
  );
  return `usage: npm run --silent bench -- NAME [options]\n${lines.join("\n")}`;
}
