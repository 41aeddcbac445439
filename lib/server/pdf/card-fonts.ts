import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fontkit from "@pdf-lib/fontkit";
import { type PDFDocument, type PDFFont, StandardFonts } from "pdf-lib";
import type { DrawingItem } from "../../card/card-drawing.ts";
import type { CardFont } from "../../card/font-widths.ts";
import { findUnprintable } from "../../card/measure-text.ts";
import { InkformError } from "../../core/inkform-error.ts";

const STANDARD: Readonly<Record<CardFont, StandardFonts>> = {
  helvetica: StandardFonts.Helvetica,
  "helvetica-bold": StandardFonts.HelveticaBold,
  "times-roman": StandardFonts.TimesRoman,
  "times-bold": StandardFonts.TimesRomanBold,
  "courier-bold": StandardFonts.CourierBold,
};

/** Parts of Inter, tried in this order for prompts that the standard fonts lack. */
const SUBSETS = ["latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese", "latin"] as const;

/** The fonts of one document, embedded as far as its texts need them. */
export interface FontCase {
  /** The font to draw `text` in: the one asked for, or a part of Inter that has its characters. */
  pick(text: string, font: CardFont): PDFFont;
  isFallback(text: string): boolean;
}

/**
 * Embeds the standard fonts that `items` use, and for prompts outside of them (Greek, Cyrillic, more Latin) the parts of Inter that
 * have them.
 *
 * @throws InkformError `invalid-argument` naming the first character that none has.
 */
export async function createFontCase(pdf: PDFDocument, items: readonly DrawingItem[]): Promise<FontCase> {
  const standard = new Map<CardFont, PDFFont>();
  const fallback = new Map<string, PDFFont>();
  const texts = new Map<string, CardFont>();
  for (const item of items) if (item.kind === "text") texts.set(`${item.font} ${item.text}`, item.font);
  const unusual = new Set<string>();
  for (const [key, font] of texts) {
    const text = key.slice(font.length + 1);
    if (findUnprintable(text) !== null) unusual.add(text);
    else if (!standard.has(font)) standard.set(font, await pdf.embedFont(STANDARD[font]));
  }
  if (unusual.size > 0) await embedFallbacks(pdf, unusual, fallback);
  return {
    pick(text, font) {
      const found = fallback.get(text) ?? standard.get(font);
      if (found === undefined) throw new InkformError("internal", `the font ${font} was not embedded`);
      return found;
    },
    isFallback: (text) => fallback.has(text),
  };
}

async function embedFallbacks(pdf: PDFDocument, unusual: ReadonlySet<string>, fallback: Map<string, PDFFont>): Promise<void> {
  pdf.registerFontkit(fontkit);
  const left = new Set(unusual);
  for (const subset of SUBSETS) {
    if (left.size === 0) return;
    const bytes = await readFile(fontPath(subset));
    const characters = new Set(fontkit.create(bytes).characterSet);
    const covered = [...left].filter((text) => [...text].every((c) => characters.has(c.codePointAt(0) ?? 0)));
    if (covered.length === 0) continue;
    const font = await pdf.embedFont(bytes, { subset: true });
    for (const text of covered) {
      fallback.set(text, font);
      left.delete(text);
    }
  }
  const [missing] = left;
  if (missing === undefined) return;
  const point = (missing.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw new InkformError(
    "invalid-argument",
    `"${missing}" (U+${point}) cannot be printed on a card: the fonts here have Latin, Greek and Cyrillic letters, digits and common signs. Leave it out.`,
  );
}

function fontPath(subset: string): string {
  const root = process.env.INKFORM_ROOT ?? process.cwd();
  return join(root, "node_modules", "@fontsource", "inter", "files", `inter-${subset}-700-normal.woff`);
}
