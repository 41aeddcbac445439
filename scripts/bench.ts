/** `npm run bench -- NAME`: measured figures as JSON lines, side by side with other programs where they are installed. */
import { accuracy } from "./bench/accuracy.ts";
import type { Bench } from "./bench/bench-line.ts";
import { latency } from "./bench/latency.ts";
import { mlp } from "./bench/mlp.ts";
import { nist } from "./bench/nist.ts";
import { normalize } from "./bench/normalize.ts";
import { parseArguments, runCommand, UsageError } from "./support/command-line.ts";

const BENCHES: Readonly<Record<string, Bench>> = { accuracy, latency, mlp, nist, normalize };

await runCommand(async (args) => {
  const { positionals } = parseArguments(args, {}, { usage: listBenches(), positionals: true });
  if (positionals.length !== 1) throw new UsageError(listBenches());
  const name = positionals[0]!;
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) throw new UsageError(`There is no bench "${name}".\n${listBenches()}`);
  for (const variable of bench.needs) {
    if (!process.env[variable]) throw new UsageError(`The bench "${name}" needs ${variable}: set it to the folder with that data.`);
  }
  await bench.run((line) => console.log(JSON.stringify({ bench: name, ...line })));
});

function listBenches(): string {
  const lines = Object.entries(BENCHES).map(
    ([name, { about, needs }]) => `  ${name.padEnd(10)} ${about}${needs.length > 0 ? ` (needs ${needs.join(", ")})` : ""}`,
  );
  return `usage: npm run --silent bench -- NAME\n${lines.join("\n")}`;
}
