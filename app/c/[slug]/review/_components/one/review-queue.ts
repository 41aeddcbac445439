import type { GlyphView } from "../../../../../../lib/contracts/review.ts";
import type { QueueSource } from "./queue-source.ts";

/** Glyphs here beyond the one shown, below which more are asked for. */
const AHEAD = 15;

/** The glyphs that a person goes through one by one: those passed stay, to go back to; those to come are here before they are needed. */
export class ReviewQueue {
  private glyphs: GlyphView[] = [];
  private readonly known = new Set<string>();
  private readonly decided = new Set<string>();
  private index = 0;
  private more = true;
  private loading = false;
  private stopped = false;
  /** How many wait, less those decided since; null before the first answer. */
  left: number | null = null;
  error: unknown = null;

  constructor(
    readonly source: QueueSource,
    private readonly listener: {
      readonly onLoaded: (glyphs: readonly GlyphView[]) => void;
      /** Its decision is on its way to the server, perhaps since an earlier visit. */
      readonly isDecided: (glyph: GlyphView) => boolean;
      readonly onChange: () => void;
    },
  ) {}

  /** Null: at the end, or nothing here yet. */
  get current(): GlyphView | null {
    return this.glyphs[this.index] ?? null;
  }

  get place(): number {
    return this.index;
  }

  /** The last glyph has been passed, and there are no more. */
  get ended(): boolean {
    return this.index >= this.glyphs.length && !this.more && this.error === null;
  }

  /** Passed without a decision. */
  get skipped(): number {
    return this.glyphs.length - this.decided.size;
  }

  /** Those shown next, the current one first. */
  ahead(count: number): readonly GlyphView[] {
    return this.glyphs.slice(this.index, this.index + count);
  }

  start(): void {
    this.stopped = false;
    this.fill();
  }

  stop(): void {
    this.stopped = true;
  }

  move(by: 1 | -1): boolean {
    const to = this.index + by;
    if (to < 0 || to > this.glyphs.length || (to === this.glyphs.length && this.more)) return false;
    this.index = to;
    this.fill();
    this.listener.onChange();
    return true;
  }

  /** The current glyph is decided: on to the next one that is not. */
  settle(): void {
    const { current } = this;
    if (current === null) return;
    if (!this.decided.has(current.id)) {
      this.decided.add(current.id);
      if (this.left !== null) this.left = Math.max(0, this.left - 1);
    }
    this.index++;
    this.fill();
    this.listener.onChange();
  }

  /** Back to a glyph whose decision was taken back, or forth to one that was decided again. @returns false where it is not in this queue */
  goTo(id: string, { decided }: { decided: boolean }): boolean {
    const at = this.glyphs.findIndex((glyph) => glyph.id === id);
    if (at < 0) return false;
    this.index = at;
    if (!decided && this.decided.delete(id) && this.left !== null) this.left++;
    if (decided) this.settle();
    else this.listener.onChange();
    return true;
  }

  /** Shows a glyph from elsewhere before the current one. */
  insert(glyph: GlyphView): void {
    this.known.add(glyph.id);
    this.glyphs.splice(this.index, 0, glyph);
    this.listener.onChange();
  }

  /** To the first glyph that was passed without a decision. */
  goToSkipped(): void {
    const at = this.glyphs.findIndex((glyph) => !this.decided.has(glyph.id));
    if (at >= 0) this.index = at;
    this.listener.onChange();
  }

  retry(): void {
    this.fill();
  }

  private fill(): void {
    if (!this.loading && this.more && this.glyphs.length - this.index <= AHEAD) void this.load();
  }

  private async load(): Promise<void> {
    this.loading = true;
    this.error = null;
    try {
      const { glyphs, left, more } = await this.source.load(this.glyphs.length - this.decided.size);
      const fresh = glyphs.filter(({ id }) => !this.known.has(id));
      for (const { id } of fresh) this.known.add(id);
      this.listener.onLoaded(fresh);
      const added = this.source.handedOut ? fresh.filter((glyph) => !this.listener.isDecided(glyph)) : fresh;
      this.glyphs.push(...added);
      if (this.left === null || this.source.handedOut) this.left = Math.max(left - this.decidedAmong(glyphs), 0);
      // Handed out once more, but nothing new: all that waits is here.
      this.more = more && fresh.length > 0;
    } catch (error) {
      this.error = error;
    }
    this.loading = false;
    if (this.stopped) return;
    this.listener.onChange();
    if (this.error === null) this.fill();
  }

  /** Decided here, but not yet known to the server. */
  private decidedAmong(glyphs: readonly GlyphView[]): number {
    return glyphs.reduce((sum, { id }) => sum + (this.decided.has(id) ? 1 : 0), 0);
  }
}
