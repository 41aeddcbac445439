import type { CollectionView } from "../../../../lib/contracts/collections.ts";
import { formatCount, formatPlural } from "../../../_components/format.ts";

export interface Station {
  readonly name: string;
  readonly count: number;
  /** What the number counts: "cards printed". */
  readonly counted: string;
  /** What waits here for someone or something; null for nothing. */
  readonly waits: string | null;
  readonly address: string;
}

export interface NextStep {
  readonly text: string;
  readonly action: string;
  readonly address: string;
}

/** The loop as a row of stations, in its order. */
export function buildStations({ slug, counts: c }: CollectionView): readonly Station[] {
  const at = (path: string) => `/c/${slug}${path}`;
  const running = c.runs - c.runsDone;
  return [
    { name: "Cards", count: c.cards, counted: c.cards === 1 ? "card printed" : "cards printed", waits: null, address: at("/cards") },
    {
      name: "Scans",
      count: c.pagesRead,
      counted: c.pagesRead === 1 ? "page read" : "pages read",
      waits: describePages(c),
      address: at("/scans"),
    },
    {
      name: "Glyphs",
      count: c.glyphs,
      counted: c.writers === 0 ? "cut out" : `from ${formatPlural(c.writers, "writer")}`,
      waits: null,
      address: at("/review?state=all"),
    },
    {
      name: "Labels",
      count: c.reviewed,
      counted: "looked over",
      waits: c.disagreeing === 0 ? null : `${formatCount(c.disagreeing)} in doubt`,
      address: at("/review"),
    },
    { name: "Datasets", count: c.datasets, counted: c.datasets === 1 ? "version" : "versions", waits: null, address: at("/datasets") },
    {
      name: "Models",
      count: c.runsDone,
      counted: "trained",
      waits: running > 0 ? `${formatPlural(running, "run")} not finished` : null,
      address: c.runsDone > 0 && running === 0 ? at("/evaluate") : at("/train"),
    },
  ];
}

/** The one thing to do next: whatever waits earliest in the loop and holds up the rest. */
export function findNextStep({ slug, counts: c }: CollectionView): NextStep {
  const at = (path: string) => `/c/${slug}${path}`;
  const pages = c.pagesRead + c.pagesRejected + c.pagesWaiting;
  if (c.cards === 0 && pages === 0) {
    return { text: "Nothing is printed yet. Choose a card and print a few.", action: "Make cards", address: at("/cards") };
  }
  if (c.pagesWaiting > 0) {
    return {
      text: `${formatPlural(c.pagesWaiting, "page is", "pages are")} being read.`,
      action: "Watch them come in",
      address: at("/scans"),
    };
  }
  if (pages === 0) {
    return {
      text: "The cards are out. When they come back filled in, scan or photograph them.",
      action: "Add scans",
      address: at("/scans"),
    };
  }
  if (c.glyphs === 0) {
    const text =
      c.pagesRead > 0 ? "The pages were found, but nothing is written on them." : "No page could be read so far. Each one says why.";
    return { text, action: "See the pages", address: at("/scans") };
  }
  if (c.disagreeing > 0) {
    const what = c.disagreeing === 1 ? "glyph is" : "glyphs are";
    return {
      text: `${formatCount(c.disagreeing)} ${what} in doubt: prompt and model differ, or the cut is unsure.`,
      action: "Review",
      address: at("/review"),
    };
  }
  if (c.datasets === 0) {
    return { text: "Every glyph in doubt is settled. Make a dataset of them.", action: "Build a dataset", address: at("/datasets") };
  }
  if (c.runs > c.runsDone) {
    return { text: "A run is not finished yet.", action: "Watch it learn", address: at("/train") };
  }
  if (c.runsDone === 0) return { text: "The dataset is ready to learn from.", action: "Train a network", address: at("/train") };
  return { text: "The network is trained. See where it fails, and whom.", action: "Evaluate", address: at("/evaluate") };
}

function describePages(c: CollectionView["counts"]): string | null {
  if (c.pagesWaiting > 0) return `${formatCount(c.pagesWaiting)} being read`;
  return c.pagesRejected > 0 ? `${formatCount(c.pagesRejected)} not read` : null;
}
