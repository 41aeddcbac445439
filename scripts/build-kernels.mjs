/**
 * Compiles lib/mlp/kernels/wasm (AssemblyScript) to WebAssembly and writes it as text into lib/mlp/kernels/generated/wasm-code.ts, once for
 * a memory of its own and once for one shared by threads. Skipped when nothing has changed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashFiles, once, ROOT } from "./support/bootstrap.mjs";

const SOURCES = "lib/mlp/kernels/wasm";
const OUTPUT = "lib/mlp/kernels/generated/wasm-code.ts";
const MEMORIES = { single: [], shared: ["--sharedMemory"] };

await once("kernels", hashFiles([SOURCES, "package-lock.json", "scripts/build-kernels.mjs"]), [OUTPUT], async () => {
  const { default: compiler } = await import("assemblyscript/asc");
  const lines = [];
  for (const [name, flags] of Object.entries(MEMORIES)) {
    lines.push(`export const ${name} =\n  "${Buffer.from(await compile(compiler, flags)).toString("base64")}";`);
  }
  const file = join(ROOT, OUTPUT);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `// Written by scripts/build-kernels.mjs from ${SOURCES}.\n${lines.join("\n")}\n`);
});

/** @returns {Promise<Uint8Array>} the module's bytes */
async function compile(compiler, flags) {
  let binary = null;
  const args = [
    `${SOURCES}/index.ts`,
    "--outFile=kernels.wasm",
    "-O3",
    "--noAssert",
    "--runtime=stub",
    "--importMemory",
    "--initialMemory=1",
    // What lies below is shared by JavaScript and all threads: threads.ts, pieces.ts, program.ts.
    "--memoryBase=16384",
    "--maximumMemory=65536",
    "--enable=simd",
    "--enable=threads",
    "--use=abort=",
    ...flags,
  ];
  const { error, stderr } = await compiler.main(args, {
    writeFile: (name, contents) => {
      if (name === "kernels.wasm") binary = contents;
    },
  });
  if (error || !binary) throw new Error(`The kernels do not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}
