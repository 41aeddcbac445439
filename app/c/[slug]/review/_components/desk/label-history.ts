import { z } from "zod";

const markSchema = z.object({
  label: z.string().nullable(),
  reviewed: z.boolean(),
  unusable: z.boolean(),
  flag: z.string().nullable(),
  decidedBy: z.string().nullable(),
});
const stepSchema = z.array(
  z.object({
    glyphId: z.string(),
    clientId: z.string(),
    kind: z.enum(["class", "unusable", "blank", "flag", "unflag"]),
    value: z.string().nullable(),
    pass: z.enum(["first", "second", "adjudication"]),
    before: markSchema,
  }),
);
/** What one key did: taken back and done again as a whole. */
export type Step = z.infer<typeof stepSchema>;

const historySchema = z.object({ done: z.array(stepSchema), undone: z.array(stepSchema) });
interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** Decisions kept, about 1 MB; older steps are forgotten, but never the newest. */
const MOST_DECISIONS = 5000;
const NOTHING: History = { done: [], undone: [] };

/** Steps to take back and to do again, of one person in one collection. They are kept in the browser: so they outlast a reload, and two tabs share them. */
export class LabelHistory {
  private read: { text: string | null; history: History } = { text: null, history: NOTHING };

  /** @param storage localStorage */
  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem">,
    private readonly key: string,
  ) {}

  get canUndo(): boolean {
    return this.load().done.length > 0;
  }

  get canRedo(): boolean {
    return this.load().undone.length > 0;
  }

  /** A new step: what was taken back before can no longer be done again. */
  push(step: Step): void {
    this.save({ done: [...this.load().done, step], undone: [] });
  }

  /** Moves the last step to those taken back. @returns it, or null */
  takeBack(): Step | null {
    const { done, undone } = this.load();
    const step = done.at(-1);
    if (step === undefined) return null;
    this.save({ done: done.slice(0, -1), undone: [...undone, step] });
    return step;
  }

  /**
   * Moves the step taken back last to those done.
   * @param renew gives it the ids of its new labels
   * @returns it as renewed, or null
   */
  doAgain(renew: (step: Step) => Step): Step | null {
    const { done, undone } = this.load();
    const step = undone.at(-1);
    if (step === undefined) return null;
    const renewed = renew(step);
    this.save({ done: [...done, renewed], undone: undone.slice(0, -1) });
    return renewed;
  }

  private load(): History {
    const text = this.storage.getItem(this.key);
    if (text !== this.read.text) this.read = { text, history: parse(text) };
    return this.read.history;
  }

  private save(history: History): void {
    let kept = trim(history);
    for (;;) {
      const text = JSON.stringify(kept);
      try {
        this.storage.setItem(this.key, text);
        // Where not even the newest fits, this tab knows it all the same.
        this.read = { text, history: kept.done.length === 0 ? trim(history) : kept };
        return;
      } catch {
        // The browser's store is full: fewer steps may fit. Where none can be written, this tab alone knows them: a decision must not fail for want of a way back.
        if (kept.done.length + kept.undone.length === 0) {
          this.read = { text: this.storage.getItem(this.key), history: trim(history) };
          return;
        }
        kept = { done: kept.done.slice(Math.ceil(kept.done.length / 2)), undone: [] };
      }
    }
  }
}

function trim({ done, undone }: History): History {
  let decisions = undone.reduce((sum, step) => sum + step.length, 0);
  let first = done.length;
  while (first > 0 && (first === done.length || decisions + done[first - 1].length <= MOST_DECISIONS)) {
    first--;
    decisions += done[first].length;
  }
  return { done: done.slice(first), undone };
}

function parse(text: string | null): History {
  try {
    const kept = historySchema.safeParse(JSON.parse(text ?? "null"));
    return kept.success ? kept.data : NOTHING;
  } catch {
    return NOTHING;
  }
}
