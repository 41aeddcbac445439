import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../../app/how/_components/document/parse-document.ts";

/**
 * Lines, from 1, of a function, method, interface or class: from its name to the brace that closes it.
 * @throws Error where the file does not declare it
 */
function findDeclaration(room: string, path: string, name: string): [number, number] {
  const lines = readFileSync(join(room, path), "utf8").split("\n");
  const outside = new RegExp(`^(export )?(async )?(function|class|interface|const) ${name}\\b`);
  const method = new RegExp(`^  (private )?${name}\\(.*\\{$`);
  const from = lines.findIndex((line) => outside.test(line) || method.test(line));
  if (from < 0) throw new Error(`HOW-IT-WORKS.md names ${name} of ${path}, which does not declare it.`);
  const indent = lines[from]!.length - lines[from]!.trimStart().length;
  const to = lines.findIndex((line, k) => k > from && line.startsWith(`${" ".repeat(indent)}}`));
  return [from + 1, to + 1];
}

describe.each(["mlp", "label"])("HOW-IT-WORKS.md of lib/%s", (name) => {
  const room = join(import.meta.dirname, "../../../lib", name);
  const document = join(room, "HOW-IT-WORKS.md");
  const markdown = readFileSync(document, "utf8");

  it("links to files that are there, and to the lines of what it names (`npx vitest run how-it-works -u` renews the lines)", async () => {
    const renewed = markdown.replaceAll(/\[([^\]]+)\]\(([^)#]+)(#[^)]*)?\)/g, (link, label: string, path: string, place?: string) => {
      if (path.includes(":")) return link;
      expect(existsSync(join(room, path)), `${path} exists`).toBe(true);
      if (place === undefined) return link;
      const [from, to] = findDeclaration(room, path, label.replaceAll("`", ""));
      return `[${label}](${path}#L${from}-L${to})`;
    });
    await expect(renewed).toMatchFileSnapshot(document);
  });

  it("is Markdown that the app's page can draw, formulas narrow enough to be read", () => {
    const blocks = parseDocument(markdown);
    expect(blocks[0]).toMatchObject({ kind: "heading", level: 1 });
    const words = blocks.flatMap((block) => ("parts" in block ? block.parts : "items" in block ? block.items.flat() : []));
    for (const part of words) if (part.kind === "text") expect(part.text).not.toMatch(/`|\*\*|\]\(/);
    for (const block of blocks) {
      if (block.kind === "code") for (const line of block.text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
    }
  });
});

it.each(["| a table |", "> a quotation", "1. numbered", "  - nested"])("a page that cannot draw something says so: %s", (line) => {
  expect(() => parseDocument(`# Title\n\n${line}\n`)).toThrow("Line 3");
});
