import { glyphImages, IDS_PER_REQUEST, loadGlyphImages } from "../../../../../_components/glyph-images.ts";

/** Requests under way at once: one is drawn while the next is on its way. */
const MOST_AT_ONCE = 2;

/**
 * The images that a scrolled grid wants. Only the last wish counts: what was scrolled past before it was asked for is not asked for, and what is under way is
 * let finish, since most of it is still near.
 */
export class GridImages {
  private wanted: readonly string[] = [];
  private readonly underWay = new Set<string>();
  private requests = 0;
  private failed = false;

  constructor(
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @param ids what is shown first, then what comes next */
  want(ids: readonly string[]): void {
    this.wanted = ids;
    this.pump();
  }

  /** After a failure nothing more is asked for until someone says so. */
  retry(): void {
    this.failed = false;
    this.pump();
  }

  private pump(): void {
    while (!this.failed && this.requests < MOST_AT_ONCE) {
      const missing: string[] = [];
      for (const id of this.wanted) {
        if (missing.length === IDS_PER_REQUEST) break;
        if (!glyphImages.has(id) && !this.underWay.has(id)) missing.push(id);
      }
      if (missing.length === 0) return;
      void this.load(missing);
    }
  }

  private async load(ids: readonly string[]): Promise<void> {
    this.requests++;
    for (const id of ids) this.underWay.add(id);
    try {
      await loadGlyphImages(ids);
      this.onChange();
    } catch (error) {
      this.failed = true;
      this.onError(error);
    }
    for (const id of ids) this.underWay.delete(id);
    this.requests--;
    this.pump();
  }
}
