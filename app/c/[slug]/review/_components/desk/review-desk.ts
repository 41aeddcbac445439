import type { GlyphView } from "../../../../../../lib/contracts/review.ts";
import { type Decision, decide, type GlyphMark, markOf } from "./glyph-mark.ts";
import { LabelHistory, type Step } from "./label-history.ts";
import { LabelOutbox, type OutgoingLabel } from "./label-outbox.ts";
import { newUuid } from "./new-uuid.ts";
import { getReviewer } from "./reviewer-name.ts";
import { getTabSession } from "./tab-session.ts";

export type ReviewPass = Step[number]["pass"];

/**
 * Where a person's decisions are made: shown at once, kept to be taken back, sent in order, acknowledged later. Lists keep the glyphs as they were loaded;
 * what has been decided since lies over them here.
 */
export class ReviewDesk {
  readonly outbox: LabelOutbox;
  /** Moments (ms) of this visit's decisions, those taken back left out. */
  readonly moments: number[] = [];
  private readonly marks = new Map<string, GlyphMark>();
  /** Glyphs shown blind: what the server says of them is not for these eyes. */
  private readonly blind = new Set<string>();
  private version = 0;
  private readonly subscribers = new Set<() => void>();
  private histories = new Map<string, LabelHistory>();

  constructor(
    private readonly slug: string,
    onRefused: (label: OutgoingLabel, error: unknown) => void,
  ) {
    this.outbox = new LabelOutbox(slug, getTabSession(), {
      onSaved: (glyphs) => this.see(glyphs),
      onRefused: (label, error) => {
        this.marks.delete(label.glyphId);
        this.tell();
        onRefused(label, error);
      },
    });
  }

  readonly snapshot = (): number => this.version;

  readonly subscribe = (subscriber: () => void): (() => void) => {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  };

  /** The glyph with what has been decided since it was loaded. */
  now<T extends { readonly id: string } & GlyphMark>(glyph: T): T {
    const mark = this.marks.get(glyph.id);
    return mark === undefined ? glyph : { ...glyph, ...mark };
  }

  /** What is on its way, perhaps since an earlier visit: the list was read before it arrives. */
  expect(glyphs: readonly ({ readonly id: string } & GlyphMark)[]): void {
    const byId = new Map(glyphs.map((glyph) => [glyph.id, glyph]));
    for (const { glyphId, kind, value } of this.outbox.pending()) {
      const glyph = byId.get(glyphId);
      if (glyph !== undefined && kind !== "retract") this.marks.set(glyphId, decide(this.now(glyph), { kind, value }, getReviewer()));
    }
  }

  get canUndo(): boolean {
    return this.history().canUndo;
  }

  get canRedo(): boolean {
    return this.history().canRedo;
  }

  /** Records what one key decides. Who overrules another person's decision, having seen it, settles it. */
  record(decisions: readonly Decision[], pass: ReviewPass): void {
    if (decisions.length === 0) return;
    const reviewer = getReviewer();
    const step = decisions.map(({ glyph, kind, value }) => {
      const overrules = pass === "first" && glyph.reviewed && glyph.decidedBy !== null && glyph.decidedBy !== reviewer;
      return {
        glyphId: glyph.id,
        clientId: newUuid(),
        kind,
        value,
        pass: overrules ? ("adjudication" as const) : pass,
        before: markOf(glyph),
      };
    });
    this.history().push(step);
    this.apply(step);
  }

  /** @returns the glyph that was changed first, to go back to it; null where there is nothing to take back */
  undo(): string | null {
    const step = this.history().takeBack();
    if (step === null) return null;
    for (const { glyphId, before } of step) this.marks.set(glyphId, before);
    this.moments.splice(Math.max(0, this.moments.length - step.length));
    this.send(step.map(({ clientId, glyphId, pass }) => ({ clientId: newUuid(), glyphId, kind: "retract", value: clientId, pass })));
    return step[0].glyphId;
  }

  redo(): string | null {
    const step = this.history().doAgain((old) => old.map((decision) => ({ ...decision, clientId: newUuid() })));
    if (step === null) return null;
    this.apply(step);
    return step[0].glyphId;
  }

  private apply(step: Step): void {
    const reviewer = getReviewer();
    const at = Date.now();
    for (const { glyphId, kind, value, pass, before } of step) {
      if (pass === "second") this.blind.add(glyphId);
      this.marks.set(glyphId, decide(before, { kind, value }, reviewer));
      this.moments.push(at);
    }
    this.send(step.map(({ clientId, glyphId, kind, value, pass }) => ({ clientId, glyphId, kind, value, pass })));
  }

  private send(labels: readonly OutgoingLabel[]): void {
    this.outbox.add(labels, getReviewer());
    this.tell();
  }

  private see(glyphs: readonly GlyphView[]): void {
    for (const glyph of glyphs) if (!this.blind.has(glyph.id)) this.marks.set(glyph.id, markOf(glyph));
    this.tell();
  }

  private tell(): void {
    this.version++;
    for (const subscriber of this.subscribers) subscriber();
  }

  private history(): LabelHistory {
    const key = `inkform.history.${this.slug}.${getReviewer()}`;
    const known = this.histories.get(key);
    if (known !== undefined) return known;
    const history = new LabelHistory(localStorage, key);
    this.histories.set(key, history);
    return history;
  }
}
