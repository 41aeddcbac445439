/** `npm run mnist`: fetches MNIST's four files from public mirrors and checks their sums; see USAGE. */
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "../lib/server/env.ts";
import { checkMnistFile } from "../lib/server/services/mnist/check-mnist-file.ts";
import { downloadMnist } from "../lib/server/services/mnist/download-mnist.ts";
import { mnistFolder } from "../lib/server/services/mnist/find-mnist.ts";
import { MNIST_FILES } from "../lib/server/services/mnist/mnist-files.ts";
import { parseArguments, runCommand } from "./support/command-line.ts";

const USAGE = `usage: npm run --silent mnist -- [--out DIR]
  --out DIR  where the files go (the data folder's mnist: INKFORM_DATA/mnist, else data/mnist); a server on that data folder finds them there
Files that are there with the right sum are not fetched again. INKFORM_MNIST_MIRRORS names other mirrors, separated by commas.`;

await runCommand(async (args) => {
  const { values } = parseArguments(args, { out: { type: "string" } }, { usage: USAGE });
  const env = parseEnv(process.env);
  const folder = values.out ?? mnistFolder(env.dataFolder);
  await mkdir(folder, { recursive: true });
  const have = new Set<string>();
  for (const file of MNIST_FILES) {
    const path = join(folder, `${file.name}.gz`);
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) continue;
    try {
      await checkMnistFile(bytes, file, path);
      have.add(file.name);
    } catch (error) {
      console.error(`${(error as Error).message} It is fetched anew.`);
    }
  }
  const fetched: string[] = [];
  await downloadMnist({
    have,
    ...(env.mnistMirrors.length > 0 && { mirrors: env.mnistMirrors }),
    report: (_, message) => console.error(message),
    store: async ({ name }, packed) => {
      await writeWhole(join(folder, `${name}.gz`), packed);
      fetched.push(name);
    },
  });
  console.log(JSON.stringify({ folder, files: MNIST_FILES.map(({ name }) => ({ name: `${name}.gz`, fetched: fetched.includes(name) })) }));
});

/** A file of that name is whole or not there, also after a crash. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    const file = await open(temporary, "w");
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
