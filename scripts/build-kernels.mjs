/**
 * Compiles the kernels in AssemblyScript to WebAssembly and writes them as text into a module beside them, generated/wasm-code.ts: those of
 * lib/mlp for a memory of its own and for one shared by threads, each with fused multiply-add (relaxed SIMD) and without; those of lib/image once.
 * Skipped when nothing has changed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashFiles, once, ROOT } from "./support/bootstrap.mjs";

const SHARED = "--sharedMemory";
const FUSED = "--enable=relaxed-simd";

const ROOMS = [
  {
    stamp: "kernels",
    folder: "lib/mlp/kernels",
    versions: { single: [], shared: [SHARED], fusedSingle: [FUSED], fusedShared: [FUSED, SHARED] },
  },
  { stamp: "image-kernels", folder: "lib/image/kernels", versions: { single: [] } },
];

for (const { stamp, folder, versions } of ROOMS) {
  const sources = `${folder}/wasm`;
  const output = `${folder}/generated/wasm-code.ts`;
  await once(stamp, hashFiles([sources, "package-lock.json", "scripts/build-kernels.mjs"]), [output], async () => {
    const { default: compiler } = await import("assemblyscript/asc");
    const lines = [];
    for (const [name, flags] of Object.entries(versions)) {
      lines.push(`export const ${name} =\n  "${Buffer.from(await compile(compiler, sources, flags)).toString("base64")}";`);
    }
    const file = join(ROOT, output);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `// Written by scripts/build-kernels.mjs from ${sources}.\n${lines.join("\n")}\n`);
  });
}

/** @returns {Promise<Uint8Array>} the module's bytes */
async function compile(compiler, sources, flags) {
  let binary = null;
  const args = [
    `${sources}/index.ts`,
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
