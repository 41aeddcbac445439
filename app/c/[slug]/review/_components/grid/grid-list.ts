import { gridPageSchema } from "../../../../../../lib/contracts/review-grid.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import type { GlyphBrief } from "../desk/glyph-mark.ts";

/** Glyphs a request: some 150 kB. */
const PIECE = 2000;

/** A queue of glyphs, loaded from its front as far as it is scrolled; its length is known from the start. */
export class GridList {
  private glyphs: GlyphBrief[] = [];
  private cursor: string | null = null;
  private started = false;
  private loading = false;
  private wanted = 0;
  private stopped = false;
  /** All that fitted when the list was begun; null before the first answer. */
  total: number | null = null;
  error: unknown = null;

  constructor(
    private readonly slug: string,
    /** The filter as search parameters. */
    private readonly query: string,
    private readonly listener: { readonly onLoaded: (glyphs: readonly GlyphBrief[]) => void; readonly onChange: () => void },
  ) {}

  get length(): number {
    return this.total ?? 0;
  }

  /** How many are here. */
  get loaded(): number {
    return this.glyphs.length;
  }

  at(index: number): GlyphBrief | null {
    return this.glyphs[index] ?? null;
  }

  slice(from: number, to: number): readonly GlyphBrief[] {
    return this.glyphs.slice(from, to);
  }

  indexOf(id: string): number {
    return this.glyphs.findIndex((glyph) => glyph.id === id);
  }

  /** Makes sure that the glyphs up to `index` come, and a piece more. */
  want(index: number): void {
    this.wanted = Math.max(this.wanted, index + PIECE / 2);
    if (!this.loading && this.lacks) void this.load();
  }

  start(): void {
    this.stopped = false;
    this.want(0);
  }

  /** What is under way then is not shown; started again, it is. */
  stop(): void {
    this.stopped = true;
  }

  private get lacks(): boolean {
    return !this.stopped && this.error === null && (!this.started || (this.cursor !== null && this.wanted > this.glyphs.length));
  }

  private async load(): Promise<void> {
    this.loading = true;
    while (this.lacks) {
      const params = new URLSearchParams(this.query);
      params.set("limit", String(PIECE));
      if (this.cursor !== null) params.set("cursor", this.cursor);
      try {
        const page = await getJson(gridPageSchema, `/api/collections/${this.slug}/review/grid?${params}`);
        if (this.stopped) break;
        const some = page.ids.map((id, i) => unpack(page, id, i));
        this.glyphs.push(...some);
        this.cursor = page.nextCursor;
        if (!this.started) this.total = page.total;
        // The list may have grown or shrunk since it was counted.
        if (this.cursor === null) this.total = this.glyphs.length;
        else this.total = Math.max(this.total ?? 0, this.glyphs.length);
        this.started = true;
        this.listener.onLoaded(some);
      } catch (error) {
        if (this.stopped) break;
        this.error = error;
      }
      this.listener.onChange();
    }
    this.loading = false;
  }
}

function unpack(page: ReturnType<typeof gridPageSchema.parse>, id: string, i: number): GlyphBrief {
  const state = page.states[i];
  return {
    id,
    label: page.labels[i],
    prediction: page.predictions[i],
    status: page.statuses[i],
    reviewed: state !== "open",
    unusable: state === "unusable",
    flag: page.flags[id] ?? null,
    decidedBy: page.deciders[i],
  };
}
