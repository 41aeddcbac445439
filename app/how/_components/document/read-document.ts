import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { type Block, type Inline, parseDocument } from "./parse-document.ts";

/** Lines of a file that the document leads to. */
export interface Excerpt {
  /** From the project's folder. */
  readonly path: string;
  readonly lines: readonly [number, number];
  readonly text: string;
}

/** A room's HOW-IT-WORKS.md and the lines it leads to, read when the app is built. @param room folder in lib */
export async function readDocument(room: string): Promise<{ blocks: Block[]; excerpts: ReadonlyMap<Inline, Excerpt> }> {
  const folder = join("lib", room);
  const blocks = parseDocument(await read(join(folder, "HOW-IT-WORKS.md")));
  const links = blocks.flatMap((block) => (block.kind === "list" ? block.items.flat() : []));
  const excerpts = new Map<Inline, Excerpt>();
  for (const link of links) {
    if (link.kind !== "link" || link.lines === null) continue;
    const path = normalize(join(folder, link.path));
    const [from, to] = link.lines;
    const lines = (await read(path)).split("\n").slice(from - 1, to);
    excerpts.set(link, { path: path.replaceAll("\\", "/"), lines: link.lines, text: removeIndent(lines) });
  }
  return { blocks, excerpts };
}

function read(path: string): Promise<string> {
  return readFile(/* turbopackIgnore: true */ join(process.env.INKFORM_ROOT ?? process.cwd(), path), "utf8");
}

/** A method stands where a function would. */
function removeIndent(lines: readonly string[]): string {
  const indent = lines[0].length - lines[0].trimStart().length;
  return lines.map((line) => line.slice(indent)).join("\n");
}
