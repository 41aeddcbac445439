import { buildCard } from "../../card/build-card.ts";
import type { CardManifest } from "../../card/card-manifest.ts";
import type { PrintCards } from "../../contracts/cards.ts";

/**
 * Makes a batch of cards: card i has the seed `seed + i`, counted modulo 2^32.
 *
 * @returns the PDF's bytes, and the manifest with the geometry in mm that a reader needs.
 * @throws InkformError `invalid-argument` where the spec makes no card, or the consent line or a character cannot be printed.
 */
export async function printCards(request: PrintCards): Promise<{ pdf: Uint8Array; manifest: CardManifest }> {
  const { template, paper, copies, seed, dropOut, consent, custom } = request;
  const cards = Array.from({ length: copies }, (_, i) => buildCard({ template, paper, seed: (seed + i) % 2 ** 32, dropOut, custom }));
  // To load pdf-lib and its fonts is a tenth of the processor time of the server's start: it is done for the first cards.
  const { renderCards } = await import("../pdf/render-cards.ts");
  const pdf = await renderCards(cards, { dropOut, consent });
  return { pdf, manifest: { cards } };
}
