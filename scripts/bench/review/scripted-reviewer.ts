import { randomUUID } from "node:crypto";
import { type GlyphView, recordedLabelsSchema } from "../../../lib/contracts/review.ts";
import { type Next, nextItemsSchema } from "../../../lib/contracts/review-queue.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import type { Sample } from "../latency/probe.ts";

/** Items a tab holds, and how few make it ask for more. */
const HOLD = 40;
const LOW = 20;
/** A request whose connection breaks so often fails. */
const TRIES = 3;
/** Of its decisions: something else than shown, no class, taken back and given again. */
const CHANGED = 0.05;
const UNUSABLE = 0.01;
const UNDONE = 0.02;

export interface ReviewerTask {
  readonly url: string;
  readonly slug: string;
  readonly reviewer: string;
  readonly order: Next["order"];
  /** From one key to the next on average; 0: as soon as the last one is saved. */
  readonly everyMs: number;
  readonly until: number;
  readonly rng: Rng;
}

export interface ReviewerRun {
  /** Routes "save", "next", "images", and "wait": how long after a key the following glyph was not there yet. */
  readonly samples: readonly Sample[];
  /** What the server has acknowledged: clientId to the glyph. */
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly decisions: number;
  /** Requests sent again because their connection broke. */
  readonly again: number;
}

/** One tab: holds some glyphs with their images, decides one after the other, saves each at once without waiting for the answer, as the screen does. */
export async function runReviewer(task: ReviewerTask): Promise<ReviewerRun> {
  const { url, slug, reviewer, order, everyMs, until, rng } = task;
  const session = randomUUID();
  const samples: Sample[] = [];
  const acknowledged = new Map<string, string>();
  const seen = new Set<string>();
  const ready: GlyphView[] = [];
  const saves = new Set<Promise<void>>();
  let failure: unknown;
  let refill: Promise<void> | null = null;
  let decisions = 0;
  let again = 0;

  const timed = async (route: string, path: string, body?: unknown): Promise<Response> => {
    const sentAt = performance.now();
    const init = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    let answer: Response | undefined;
    let bytes = new ArrayBuffer(0);
    for (let tries = 1; answer === undefined; tries++) {
      try {
        answer = await fetch(url + path, init);
        bytes = await answer.arrayBuffer();
      } catch (error) {
        // As the screen does: the same request again, the time of all tries in its figure.
        answer = undefined;
        if (tries === TRIES) throw error;
        again++;
      }
    }
    samples.push({ route, milliseconds: performance.now() - sentAt, atMs: sentAt });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${Buffer.from(bytes).toString()}`);
    return new Response(bytes);
  };
  const fill = async (): Promise<void> => {
    const answer = await timed("next", `/api/collections/${slug}/review/next`, { reviewer, session, order, count: HOLD });
    const fresh = nextItemsSchema.parse(await answer.json()).items.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) seen.add(id);
    await timed("images", `/api/glyphs/images?ids=${fresh.map(({ id }) => id).join(",")}`);
    ready.push(...fresh);
  };
  const save = (labels: readonly object[]): void => {
    const done = (async () => {
      const body = { reviewer, session, labels };
      recordedLabelsSchema.parse(await (await timed("save", `/api/collections/${slug}/labels`, body)).json());
      for (const { clientId, glyphId } of labels as { clientId: string; glyphId: string }[]) acknowledged.set(clientId, glyphId);
    })().catch((error: unknown) => {
      failure ??= error;
    });
    saves.add(done);
    void done.finally(() => saves.delete(done));
  };

  await fill();
  for (let at = performance.now(); at < until && failure === undefined; ) {
    const key = performance.now();
    while (ready.length === 0) {
      refill ??= fill().finally(() => (refill = null));
      await refill;
      if (ready.length === 0) return { samples, acknowledged, decisions, again };
    }
    samples.push({ route: "wait", milliseconds: performance.now() - key, atMs: key });
    const glyph = ready.shift()!;
    if (ready.length < LOW) {
      refill ??= fill().finally(() => (refill = null));
      refill.catch((error: unknown) => {
        failure ??= error;
      });
    }
    save([decide(glyph, rng)]);
    decisions++;
    if (rng.float() < UNDONE) {
      const first = { clientId: randomUUID(), glyphId: glyph.id, kind: "class", value: "0" };
      save([first, { clientId: randomUUID(), glyphId: glyph.id, kind: "retract", value: first.clientId }]);
    }
    if (everyMs === 0) await Promise.all(saves);
    // Half as long to half as long again: people are no clocks, and those of one rhythm would go on saving in the same moment, or never.
    at += everyMs === 0 ? performance.now() - key : everyMs * (0.5 + rng.float());
    const pause = at - performance.now();
    if (everyMs > 0 && pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await Promise.all([...saves, refill]);
  if (failure !== undefined) throw failure;
  return { samples, acknowledged, decisions, again };
}

function decide({ id, label }: GlyphView, rng: Rng): object {
  const dice = rng.float();
  if (dice < UNUSABLE || label === null) return { clientId: randomUUID(), glyphId: id, kind: "unusable", value: null };
  const value = dice < UNUSABLE + CHANGED ? String((Number(label) + 1) % 10) : label;
  return { clientId: randomUUID(), glyphId: id, kind: "class", value };
}
