import { buildCard } from "../../../lib/card/build-card.ts";
import type { Card, Paper, TemplateId } from "../../../lib/card/card-manifest.ts";
import type { CardSpec, CustomSpec, DropOut } from "../../../lib/card/card-spec.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import { type FillOptions, fillCard } from "../../../lib/simulate/fill-card.ts";
import type { PageTruth } from "../../../lib/simulate/page-truth.ts";
import { buildWriter, type SimulatedWriter, type WriterTraits } from "../../../lib/simulate/simulated-writer.ts";
import type { CorpusContext, Picture } from "./corpus-kind.ts";
import { printCard } from "./print-card.ts";
import { loadRealWriters } from "./real-digits.ts";

export interface SheetOptions {
  readonly template?: TemplateId;
  readonly paper?: Paper;
  readonly dropOut?: DropOut;
  /** Of the template "custom". */
  readonly custom?: CustomSpec;
  /** Of the print that is filled in. Default 300. */
  readonly dpi?: number;
  readonly colour?: boolean;
  /** What the printer does to the page before it is filled in. */
  readonly print?: (page: Picture, pxPerMm: number, rng: Rng) => Picture;
  readonly traits?: Partial<WriterTraits>;
  readonly fill?: Partial<Omit<FillOptions, "rng">>;
}

export interface FilledSheet {
  readonly card: Card;
  readonly pageIndex: number;
  readonly truth: PageTruth;
  readonly image: Picture;
  /** For the log. */
  readonly drawn: string;
}

/** What the pages of a kind are by turns: half of them digits, all templates within five pages. */
const TEMPLATES: readonly TemplateId[] = ["digits", "letters", "digits", "custom", "nist-hsf"];
/** Which of them is filled in with real people's digits, where MNIST's and QMNIST's folders are given. */
const REAL_PAGE = 2;
const CHARACTERS = ["0123456789+AaBb", "ABCDEFGHJKLM", "abcdefghijkl", "0123456789"];

/** Prints and fills in all pages of one card; what the options leave open follows from the context. */
export async function fillSheets({ rng, index }: CorpusContext, options: SheetOptions): Promise<FilledSheet[]> {
  const template = options.template ?? TEMPLATES[index % TEMPLATES.length]!;
  const paper = options.paper ?? (rng.float() < 0.7 ? "a4" : "letter");
  const spec = buildSpec(template, { paper, dropOut: options.dropOut ?? "none", custom: options.custom, rng });
  const card = buildCard(spec);
  const writer = buildWriter(rng.int(1e6), options.traits);
  const code = rng.float() < 0.7 ? String(rng.int(10_000)).padStart(4, "0") : null;
  const { dpi = 300, colour = false, print } = options;
  const printed = await printCard(card, { dpi, colour });
  const pages = print ? printed.map((page) => print(page, dpi / 25.4, rng)) : printed;
  const people = index % TEMPLATES.length === REAL_PAGE ? await loadRealWriters() : [];
  const person = people.length > 0 ? people[rng.int(people.length)]! : null;
  const drawn = `${describeSpec(spec)} by ${describeWriter(writer)}${person ? `, digits of NIST's writer ${person.writer}` : ""}`;
  return pages.map((page, pageIndex) => {
    // A whole undivided field has no labels where one character was left out: that is the kind "left-out".
    const blankRate = template === "nist-hsf" ? 0 : 0.02;
    const glyphSource = (char: string, luck: Rng): Uint8Array | null => {
      const samples = person?.images.get(char);
      return samples ? samples[luck.int(samples.length)]! : null;
    };
    const fill: FillOptions = { rng, errorRate: 0.02, blankRate, writerCode: code, ...(person && { glyphSource }), ...options.fill };
    const { image, truth } = fillCard(page, card, pageIndex, writer, fill);
    return { card, pageIndex, truth, image, drawn };
  });
}

/** The first page of a card. */
export async function fillSheet(context: CorpusContext, options: SheetOptions): Promise<FilledSheet> {
  return (await fillSheets(context, options))[0]!;
}

function buildSpec(
  template: TemplateId,
  { paper, dropOut, custom, rng }: { paper: Paper; dropOut: DropOut; custom: CustomSpec | undefined; rng: Rng },
): CardSpec {
  const base = { template, paper, dropOut, seed: rng.uint32() };
  if (template !== "custom") return base;
  const characters = CHARACTERS[rng.int(CHARACTERS.length)]!;
  return { ...base, custom: custom ?? { characters, repeats: 4 + rng.int(4), boxMm: 9 + rng.int(6) } };
}

function describeSpec({ template, paper, dropOut }: CardSpec): string {
  return `${template} ${paper}${dropOut === "none" ? "" : ` drop-out ${dropOut}`}`;
}

function describeWriter({ seed, ink, penWidthMm }: SimulatedWriter): string {
  return `pen ${seed} ${ink} ${penWidthMm.toFixed(2)} mm`;
}
