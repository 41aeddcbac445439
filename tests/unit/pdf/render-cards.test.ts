import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, PDFName, StandardFonts } from "pdf-lib";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { PAPERS, TEMPLATE_IDS } from "../../../lib/card/card-manifest.ts";
import { type CardFont, FONT_CHARACTERS, FONTS } from "../../../lib/card/font-widths.ts";
import { MM_PER_PT, measureText } from "../../../lib/card/measure-text.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { printCards } from "../../../lib/server/services/print-cards.ts";

const custom = { characters: "aA0ЖΩ", repeats: 20, boxMm: 14 };
const request = { template: "nist-hsf", paper: "a4", copies: 1, seed: 7, dropOut: "none" } as const;
const hasPdftotext = (() => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("renderCards", () => {
  it.each(PAPERS.flatMap((paper) => TEMPLATE_IDS.map((template) => ({ paper, template }))))(
    "$template on $paper: exact page boxes, no scaling, same bytes twice",
    async ({ paper, template }) => {
      const card = buildCard({ template, paper, seed: 11, dropOut: "none", custom: template === "custom" ? custom : undefined });
      const bytes = await renderCards([card], {});
      expect(Buffer.compare(bytes, await renderCards([card], {}))).toBe(0);
      const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
      expect(pdf.getPageCount()).toBe(card.pages.length);
      expect(pdf.catalog.getViewerPreferences()?.getPrintScaling()).toBe("None");
      expect(pdf.getTitle()).toContain(card.code);
      expect(pdf.getCreationDate()).toBeUndefined();
      const [widthMm, heightMm] = paper === "a4" ? [210, 297] : [215.9, 279.4];
      for (const page of pdf.getPages()) {
        for (const box of [page.getMediaBox(), page.getCropBox(), page.getTrimBox()]) {
          expect(box.width * MM_PER_PT).toBeCloseTo(widthMm, 6);
          expect(box.height * MM_PER_PT).toBeCloseTo(heightMm, 6);
        }
        expect(page.node.get(PDFName.of("Rotate"))).toBeUndefined();
      }
    },
  );

  it("refuses no cards, another drop-out colour than the code's, and a character that no font has", async () => {
    await expect(renderCards([], {})).rejects.toThrow(/no cards/);
    const card = buildCard({ ...request, dropOut: "red" });
    await expect(renderCards([card], { dropOut: "blue" })).rejects.toThrow(/built with the drop-out colour "red"/);
    const exotic = buildCard({ ...request, template: "custom", custom: { characters: "\u3042", repeats: 1, boxMm: 10 } });
    await expect(renderCards([exotic], {})).rejects.toThrow(/U\+3042.*cannot be printed/);
  });

  it.skipIf(!hasPdftotext)("prints code, prompts and consent as text that another program reads (needs pdftotext)", async () => {
    const { pdf, manifest } = await printCards({ ...request, consent: "Consent as typed here." });
    const folder = mkdtempSync(join(tmpdir(), "inkform-cards-"));
    try {
      writeFileSync(join(folder, "card.pdf"), pdf);
      const text = execFileSync("pdftotext", ["-layout", join(folder, "card.pdf"), "-"], { encoding: "utf8" });
      expect(text).toContain(manifest.cards[0].code);
      expect(text).toContain("Consent as typed here.");
      for (const field of manifest.cards[0].pages[0].fields) {
        if (field.kind === "digits" && field.prompt.length < 10) expect(text).toContain(field.prompt);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("printCards", () => {
  it("counts seeds on from the first, modulo 2^32", async () => {
    const { manifest, pdf } = await printCards({ ...request, copies: 3, seed: 0xffff_ffff });
    expect(manifest.cards.map((card) => card.seed)).toEqual([0xffff_ffff, 0, 1]);
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(3);
  });
});

describe("measureText", () => {
  it("agrees with the AFM widths of pdf-lib's standard fonts, character by character", async () => {
    const pdf = await PDFDocument.create();
    const names: Record<CardFont, StandardFonts> = {
      helvetica: StandardFonts.Helvetica,
      "helvetica-bold": StandardFonts.HelveticaBold,
      "times-roman": StandardFonts.TimesRoman,
      "times-bold": StandardFonts.TimesRomanBold,
      "courier-bold": StandardFonts.CourierBold,
    };
    for (const name of FONTS) {
      const font = await pdf.embedFont(names[name]);
      for (const c of FONT_CHARACTERS)
        expect(measureText(c, name, 10), `${name} ${c}`).toBeCloseTo(font.widthOfTextAtSize(c, 10) * MM_PER_PT, 9);
    }
  });
});
