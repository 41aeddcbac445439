import { PDFDocument, type PDFPage, PrintScaling } from "pdf-lib";
import { buildCardDrawing } from "../../card/build-card-drawing.ts";
import { decodeCardCode } from "../../card/card-code.ts";
import type { Card } from "../../card/card-manifest.ts";
import type { DropOut } from "../../card/card-spec.ts";
import { assertArgument } from "../../core/assert.ts";
import { createFontCase } from "./card-fonts.ts";
import { drawItems } from "./draw-items.ts";

const PT_PER_MM = 72 / 25.4;

/**
 * Prints cards as a PDF 1.7, one page a card page, at exact size in vectors: no raster, no dates, the same cards give the same bytes.
 * Viewers are told not to scale (`PrintScaling None`).
 *
 * @param options.dropOut if given, must be the colour in every card's code: the code decides.
 * @param options.consent the consent line; `DEFAULT_CONSENT` if left out.
 * @throws InkformError `invalid-argument` for no cards, another drop-out colour than the code's, a consent line that does not fit,
 *   or a prompt that no font here can print.
 */
export async function renderCards(cards: readonly Card[], options: { dropOut?: DropOut; consent?: string } = {}): Promise<Uint8Array> {
  assertArgument(cards.length > 0, "there are no cards to print: give at least one");
  for (const card of cards) {
    const { dropOut } = decodeCardCode(card.code);
    assertArgument(
      options.dropOut === undefined || options.dropOut === dropOut,
      `the card ${card.code} was built with the drop-out colour "${dropOut}", so it cannot be printed with "${options.dropOut}"`,
    );
  }
  const pdf = await PDFDocument.create({ updateMetadata: false });
  setMetadata(pdf, cards);
  const drawings = cards.flatMap((card) => card.pages.map((page, i) => ({ page, items: buildCardDrawing(card, i, options) })));
  const fonts = await createFontCase(
    pdf,
    drawings.flatMap((d) => d.items),
  );
  for (const { page, items } of drawings) {
    drawItems(addExactPage(pdf, page.widthMm, page.heightMm), items, fonts);
  }
  return await pdf.save();
}

function addExactPage(pdf: PDFDocument, widthMm: number, heightMm: number): PDFPage {
  const width = widthMm * PT_PER_MM;
  const height = heightMm * PT_PER_MM;
  const page = pdf.addPage([width, height]);
  page.setCropBox(0, 0, width, height);
  page.setTrimBox(0, 0, width, height);
  return page;
}

function setMetadata(pdf: PDFDocument, cards: readonly Card[]): void {
  const [first] = cards;
  const count = cards.length === 1 ? "1 card" : `${cards.length} cards`;
  pdf.setTitle(`Inkform ${first.template}, ${count}, from ${first.code}`, { showInWindowTitleBar: true });
  pdf.setSubject("Handwriting cards. Print at 100 %, without scaling.");
  pdf.setKeywords(["handwriting", "inkform", ...cards.slice(0, 20).map((card) => card.code)]);
  pdf.setCreator("Inkform");
  pdf.setProducer("Inkform with pdf-lib");
  pdf.setLanguage("en");
  const preferences = pdf.catalog.getOrCreateViewerPreferences();
  preferences.setPrintScaling(PrintScaling.None);
  preferences.setPickTrayByPDFSize(true);
}
