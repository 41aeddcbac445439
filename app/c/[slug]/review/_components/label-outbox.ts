import { z } from "zod";
import { type GlyphView, type RecordLabels, recordedLabelsSchema, recordLabelsSchema } from "../../../../../lib/contracts/review.ts";
import { ApiError, sendJson } from "../../../../_components/api-client.ts";
import { newUuid } from "./new-uuid.ts";

export type OutgoingLabel = RecordLabels["labels"][number];
export type SaveState = { readonly kind: "saved" | "saving" | "offline"; readonly waiting: number };

/** A label with the person who gave it: the name may change while it waits. */
interface Waiting {
  readonly reviewer: string;
  readonly label: OutgoingLabel;
}

interface Listener {
  /** The glyphs as the server has them now; those with labels still waiting are left out. */
  readonly onSaved: (glyphs: readonly GlyphView[]) => void;
  /** The server will never take this label (its scan was deleted): it is dropped, and this says so. */
  readonly onRefused: (label: OutgoingLabel, error: unknown) => void;
}

const MOST_AT_ONCE = 300;
const RETRY_MS = [1000, 2000, 4000, 8000];

/**
 * Labels on their way to the server, in the order they were given, one request at a time. Until acknowledged they are kept in
 * localStorage as well, so that a closed tab, a dead server or a lost connection loses none; the clientId makes sending one twice harmless.
 */
export class LabelOutbox {
  private readonly prefix: string;
  private readonly key: string;
  private waiting: Waiting[] = [];
  private state: SaveState = { kind: "saved", waiting: 0 };
  private readonly subscribers = new Set<() => void>();
  private sending = false;
  private failures = 0;
  private one = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly slug: string,
    private readonly listener: Listener,
  ) {
    this.prefix = `inkform.outbox.${slug}.`;
    // a key of its own for every tab: two tabs would overwrite each other's
    this.key = this.prefix + newUuid();
  }

  readonly snapshot = (): SaveState => this.state;

  readonly subscribe = (subscriber: () => void): (() => void) => {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  };

  /** What is not acknowledged yet, in order. */
  pending(): readonly OutgoingLabel[] {
    return this.waiting.map(({ label }) => label);
  }

  /** Takes over what an earlier visit could not send, and sends again whenever the connection comes back. */
  start(): void {
    const left: Waiting[] = [];
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith(this.prefix) && k !== this.key)) {
      left.push(...parseKept(localStorage.getItem(key)));
      localStorage.removeItem(key);
    }
    window.addEventListener("online", this.retryNow);
    if (left.length > 0) this.append(left);
  }

  stop(): void {
    window.removeEventListener("online", this.retryNow);
    clearTimeout(this.timer);
  }

  add(labels: readonly OutgoingLabel[], reviewer: string): void {
    this.append(labels.map((label) => ({ reviewer, label })));
  }

  private append(labels: readonly Waiting[]): void {
    this.waiting.push(...labels);
    this.keep();
    this.update();
    void this.send();
  }

  private readonly retryNow = (): void => {
    clearTimeout(this.timer);
    void this.send();
  };

  private async send(): Promise<void> {
    if (this.sending || this.waiting.length === 0) return;
    this.sending = true;
    const { reviewer } = this.waiting[0];
    const run = this.waiting.findIndex((entry) => entry.reviewer !== reviewer);
    const most = Math.min(this.one ? 1 : MOST_AT_ONCE, run < 0 ? this.waiting.length : run);
    const batch = this.waiting.slice(0, most).map(({ label }) => label);
    try {
      const { glyphs } = await sendJson(recordedLabelsSchema, "POST", `/api/collections/${this.slug}/labels`, { reviewer, labels: batch });
      this.take(batch.length);
      const busy = new Set(this.waiting.map(({ label }) => label.glyphId));
      this.listener.onSaved(glyphs.filter((glyph) => !busy.has(glyph.id)));
    } catch (error) {
      this.handleFailure(batch, error);
    }
    this.sending = false;
    this.update();
    if (this.failures === 0) void this.send();
    else {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.send(), RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1]);
    }
  }

  private take(count: number): void {
    this.waiting = this.waiting.slice(count);
    this.failures = 0;
    if (this.waiting.length === 0) this.one = false;
    this.keep();
  }

  private handleFailure(batch: readonly OutgoingLabel[], error: unknown): void {
    const refused = error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500 && error.problem.status !== 429;
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

  private keep(): void {
    if (this.waiting.length === 0) localStorage.removeItem(this.key);
    else localStorage.setItem(this.key, JSON.stringify(this.waiting));
  }

  private update(): void {
    const kind = this.waiting.length === 0 ? "saved" : this.failures > 0 ? "offline" : "saving";
    if (kind === this.state.kind && this.waiting.length === this.state.waiting) return;
    this.state = { kind, waiting: this.waiting.length };
    for (const subscriber of this.subscribers) subscriber();
  }
}

const keptSchema = z.array(z.object({ reviewer: recordLabelsSchema.shape.reviewer, label: recordLabelsSchema.shape.labels.element }));

function parseKept(text: string | null): Waiting[] {
  try {
    const kept = keptSchema.safeParse(JSON.parse(text ?? "[]"));
    return kept.success ? kept.data : [];
  } catch {
    return [];
  }
}
