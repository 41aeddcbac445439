import { buildCard } from "../../../../../lib/card/build-card.ts";
import { buildCardDrawing } from "../../../../../lib/card/build-card-drawing.ts";
import type { DrawingItem } from "../../../../../lib/card/card-drawing.ts";
import type { Card, Paper, TemplateId } from "../../../../../lib/card/card-manifest.ts";
import type { DropOut } from "../../../../../lib/card/card-spec.ts";
import { type PrintCards, printCardsSchema } from "../../../../../lib/contracts/cards.ts";
import { InkformError } from "../../../../../lib/core/inkform-error.ts";

/** The form as typed: numbers are still text, so that a half-typed one is not lost. */
export interface CardForm {
  readonly template: TemplateId;
  readonly paper: Paper;
  readonly copies: string;
  readonly seed: string;
  readonly dropOut: DropOut;
  readonly consent: string;
  readonly characters: string;
  readonly repeats: string;
  readonly boxMm: string;
}

export type FormField = keyof CardForm;
export type FormProblems = Partial<Record<FormField, string>>;

const RANGES: readonly { field: "copies" | "seed" | "repeats" | "boxMm"; low: number; high: number; whole: boolean; words: string }[] = [
  { field: "copies", low: 1, high: 500, whole: true, words: "A whole number from 1 to 500" },
  { field: "seed", low: 0, high: 0xffff_ffff, whole: true, words: "A whole number from 0 to 4 294 967 295" },
  { field: "repeats", low: 1, high: 50, whole: true, words: "A whole number from 1 to 50" },
  { field: "boxMm", low: 6, high: 30, whole: false, words: "From 6 to 30 mm" },
];

/** What to send, or what stands in its way, by field. */
export function buildRequest(form: CardForm): { request: PrintCards } | { problems: FormProblems } {
  const custom = form.template === "custom";
  const problems: FormProblems = {};
  for (const { field, low, high, whole, words } of RANGES) {
    if (!custom && (field === "repeats" || field === "boxMm")) continue;
    const value = Number(form[field]);
    const fits = form[field].trim() !== "" && value >= low && value <= high && (!whole || Number.isInteger(value));
    if (!fits) problems[field] = words;
  }
  if (custom && form.characters.length === 0) problems.characters = "Type the characters to print";
  if (Object.keys(problems).length > 0) return { problems };
  const parsed = printCardsSchema.safeParse({
    template: form.template,
    paper: form.paper,
    copies: Number(form.copies),
    seed: Number(form.seed),
    dropOut: form.dropOut,
    consent: form.consent.trim(),
    ...(custom ? { custom: { characters: form.characters, repeats: Number(form.repeats), boxMm: Number(form.boxMm) } } : {}),
  });
  if (parsed.success) return { request: parsed.data };
  for (const issue of parsed.error.issues) problems[fieldOf(issue.path)] = issue.message;
  return { problems };
}

/** A card of the batch with its pages drawn, or what stands in its way. The card's own rules speak here, as they do when it is printed. */
export function buildPreview(request: PrintCards, copy: number): { card: Card; pages: DrawingItem[][] } | { problems: FormProblems } {
  const { template, paper, dropOut, custom, consent } = request;
  let card: Card;
  try {
    card = buildCard({ template, paper, dropOut, custom, seed: (request.seed + copy) % 2 ** 32 });
  } catch (error) {
    if (error instanceof InkformError) return { problems: { [template === "custom" ? "characters" : "seed"]: error.message } };
    throw error;
  }
  try {
    return { card, pages: card.pages.map((_, page) => buildCardDrawing(card, page, { consent })) };
  } catch (error) {
    if (error instanceof InkformError) return { problems: { consent: error.message } };
    throw error;
  }
}

function fieldOf(path: readonly PropertyKey[]): FormField {
  const last = path.at(-1);
  const known: readonly FormField[] = ["template", "paper", "copies", "seed", "dropOut", "consent", "characters", "repeats", "boxMm"];
  return known.find((field) => field === last) ?? "template";
}
