import { z } from "zod";
import type { Problem } from "../../../../../../lib/contracts/common.ts";
import { type GlyphView, type RecordLabels, recordedLabelsSchema, recordLabelsSchema } from "../../../../../../lib/contracts/review.ts";
import { ApiError, sendJson } from "../../../../../_components/api-client.ts";
import { newUuid } from "./new-uuid.ts";

export type OutgoingLabel = RecordLabels["labels"][number];
/** `unkept`: the browser has no room for what waits, so this tab must stay open until it is saved. */
export type SaveState = { readonly kind: "saved" | "saving" | "offline" | "unkept"; readonly waiting: number };

/** Labels of one key with the person who gave them: the name may change while they wait. */
interface Piece {
  readonly reviewer: string;
  readonly labels: readonly OutgoingLabel[];
}

interface Listener {
  /** The glyphs as the server has them now; those with labels still waiting are left out. */
  readonly onSaved: (glyphs: readonly GlyphView[]) => void;
  /** The server will never take this label (its scan was deleted): it is dropped, and this says so. */
  readonly onRefused: (label: OutgoingLabel, error: unknown) => void;
}

const MOST_AT_ONCE = 300;
/** What Inkform says of a label that it will never take. Anything else may pass: a proxy's page, a server that does not know the address under which it is asked. */
const REFUSALS: ReadonlySet<string> = new Set(["invalid-argument", "not-found", "conflict", "too-large"] satisfies Problem["code"][]);
const RETRY_MS = [1000, 2000, 4000, 8000];

/**
 * Labels on their way to the server, in the order they were given, one request at a time. Until acknowledged they are kept in localStorage as well, piece
 * by piece, so that a closed tab, a dead server or a lost connection loses none; the clientId makes sending one twice harmless.
 */
export class LabelOutbox {
  private readonly prefix: string;
  private readonly tab = newUuid();
  private pieces: { readonly key: string; readonly piece: Piece }[] = [];
  private count = 0;
  private written = 0;
  private readonly unkept = new Set<string>();
  private state: SaveState = { kind: "saved", waiting: 0 };
  private readonly subscribers = new Set<() => void>();
  private sending = false;
  private stopped = false;
  private failures = 0;
  private one = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly slug: string,
    /** The tab's name: what it was handed and has decided is no longer its to hold. */
    private readonly session: string,
    private readonly listener: Listener,
  ) {
    this.prefix = `inkform.outbox.${slug}.`;
  }

  readonly snapshot = (): SaveState => this.state;

  readonly subscribe = (subscriber: () => void): (() => void) => {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  };

  /** What is not acknowledged yet, in order. */
  pending(): readonly OutgoingLabel[] {
    return this.pieces.flatMap(({ piece }) => piece.labels);
  }

  /** Takes over what an earlier visit could not send, and sends again whenever the connection comes back. */
  start(): void {
    // a tab's pieces have running numbers: sorted they are in the order given
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix) && !key.startsWith(this.prefix + this.tab));
    for (const key of keys.sort()) {
      const piece = parseKept(localStorage.getItem(key));
      if (piece === null) localStorage.removeItem(key);
      else this.append(piece, key);
    }
    window.addEventListener("online", this.retryNow);
    this.update();
    void this.send();
  }

  /** Nothing more will be added. What waits is sent all the same, also from another screen: its kept copy would wait until Review is opened again, and some may have none. */
  stop(): void {
    this.stopped = true;
    if (this.pieces.length === 0) this.end();
  }

  private end(): void {
    window.removeEventListener("online", this.retryNow);
    clearTimeout(this.timer);
  }

  add(labels: readonly OutgoingLabel[], reviewer: string): void {
    for (let start = 0; start < labels.length; start += MOST_AT_ONCE) {
      this.append({ reviewer, labels: labels.slice(start, start + MOST_AT_ONCE) });
    }
    this.update();
    void this.send();
  }

  /** @param kept where another tab keeps it: no more once it is kept here */
  private append(piece: Piece, kept?: string): void {
    let key = `${this.prefix}${this.tab}.${String(this.written++).padStart(9, "0")}`;
    try {
      localStorage.setItem(key, JSON.stringify(piece));
      if (kept !== undefined) localStorage.removeItem(kept);
    } catch {
      // The browser's store is full: it stays where it is kept, or what waits is in this tab alone, and the screen says so.
      if (kept === undefined) this.unkept.add(key);
      else key = kept;
    }
    this.pieces.push({ key, piece });
    this.count += piece.labels.length;
  }

  private readonly retryNow = (): void => {
    clearTimeout(this.timer);
    void this.send();
  };

  private async send(): Promise<void> {
    if (this.sending || this.pieces.length === 0) return;
    this.sending = true;
    const { reviewer } = this.pieces[0].piece;
    const batch = this.nextBatch(reviewer);
    try {
      const body = { reviewer, session: this.session, labels: batch };
      const { glyphs } = await sendJson(recordedLabelsSchema, "POST", `/api/collections/${this.slug}/labels`, body);
      this.take(batch.length);
      const busy = new Set(this.pending().map(({ glyphId }) => glyphId));
      this.listener.onSaved(glyphs.filter((glyph) => !busy.has(glyph.id)));
    } catch (error) {
      this.handleFailure(batch, error);
    }
    this.sending = false;
    this.update();
    if (this.stopped && this.pieces.length === 0) this.end();
    else if (this.failures === 0) void this.send();
    else {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.send(), RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1]);
    }
  }

  private nextBatch(reviewer: string): readonly OutgoingLabel[] {
    const batch: OutgoingLabel[] = [];
    const most = this.one ? 1 : MOST_AT_ONCE;
    for (const { piece } of this.pieces) {
      if (piece.reviewer !== reviewer || batch.length >= most) break;
      batch.push(...piece.labels.slice(0, most - batch.length));
    }
    return batch;
  }

  private take(count: number): void {
    this.failures = 0;
    this.count -= count;
    let left = count;
    while (left > 0) {
      const { key, piece } = this.pieces[0];
      left -= piece.labels.length;
      this.pieces.shift();
      this.unkept.delete(key);
      if (left >= 0) localStorage.removeItem(key);
      // Of the last piece some may wait on: its kept copy stays whole until all of it is taken, since sending a label twice is harmless.
      else this.pieces.unshift({ key, piece: { ...piece, labels: piece.labels.slice(left) } });
    }
    if (this.pieces.length === 0) this.one = false;
  }

  private handleFailure(batch: readonly OutgoingLabel[], error: unknown): void {
    const refused = error instanceof ApiError && REFUSALS.has(error.problem.code);
    if (!refused) {
      this.failures++;
    } else if (batch.length > 1) {
      // a batch is taken whole or not at all: one by one, only the label that is at fault is lost
      this.one = true;
    } else {
      this.take(1);
      this.listener.onRefused(batch[0], error);
    }
  }

  private update(): void {
    const waiting = this.count;
    const kind = waiting === 0 ? "saved" : this.unkept.size > 0 ? "unkept" : this.failures > 0 ? "offline" : "saving";
    if (kind === this.state.kind && waiting === this.state.waiting) return;
    this.state = { kind, waiting };
    for (const subscriber of this.subscribers) subscriber();
  }
}

const keptSchema = z.object({ reviewer: recordLabelsSchema.shape.reviewer, labels: recordLabelsSchema.shape.labels });

function parseKept(text: string | null): Piece | null {
  try {
    const kept = keptSchema.safeParse(JSON.parse(text ?? "null"));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}
