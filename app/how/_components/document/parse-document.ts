/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code" | "strong"; readonly text: string }
  | {
      readonly kind: "link";
      readonly text: string;
      readonly code: boolean;
      readonly path: string;
      readonly lines: readonly [number, number] | null;
    };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly id: string; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "paragraph"; readonly parts: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] };

/**
 * Reads the Markdown that a room's HOW-IT-WORKS.md is written in: headings, paragraphs, code between fences, lists of one line an item; within a line
 * code, strong words and links to files, whose lines may be named as #L3-L9.
 * @throws Error on other blocks, so that the build fails rather than that the page shows their marks
 */
export function parseDocument(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  const takeWhile = (k: number, belongs: (line: string) => boolean): string[] => {
    const end = lines.findIndex((line, n) => n >= k && !belongs(line));
    return lines.slice(k, end < 0 ? lines.length : end);
  };
  for (let k = 0; k < lines.length; ) {
    const line = lines[k];
    if (line === "") {
      k++;
    } else if (line.startsWith("```")) {
      const code = takeWhile(k + 1, (next) => next !== "```");
      blocks.push({ kind: "code", text: code.join("\n") });
      k += code.length + 2;
    } else if (/^#{1,3} /.test(line)) {
      const level = line.indexOf(" ");
      const text = line.slice(level + 1);
      blocks.push({ kind: "heading", level, id: text.toLowerCase().replace(/[^a-z0-9]+/g, "-"), text });
      k++;
    } else if (line.startsWith("- ")) {
      const items = takeWhile(k, (next) => next.startsWith("- "));
      blocks.push({ kind: "list", items: items.map((item) => parseInline(item.slice(2))) });
      k += items.length;
    } else if (/^([|>~+<]|\d+\. |\s|[*_-]{3})/.test(line)) {
      throw new Error(`Line ${k + 1} is Markdown that this page does not know: ${line}`);
    } else {
      const paragraph = takeWhile(k, (next) => next !== "" && !/^(```|#|- )/.test(next));
      blocks.push({ kind: "paragraph", parts: parseInline(paragraph.join(" ")) });
      k += paragraph.length;
    }
  }
  return blocks;
}

const MARKED = /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\[(?<label>[^\]]+)\]\((?<path>[^)#]+)(?:#L(?<from>\d+)-L(?<to>\d+))?\)/g;

function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  const addText = (to: number): void => {
    if (to > end) parts.push({ kind: "text", text: line.slice(end, to) });
  };
  for (const match of line.matchAll(MARKED)) {
    addText(match.index);
    end = match.index + match[0].length;
    const { code, strong, label, path, from, to } = match.groups ?? {};
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (strong !== undefined) parts.push({ kind: "strong", text: strong });
    else {
      const lines = from === undefined ? null : ([Number(from), Number(to)] as const);
      parts.push({ kind: "link", text: label.replaceAll("`", ""), code: label.startsWith("`"), path, lines });
    }
  }
  addText(line.length);
  return parts;
}
