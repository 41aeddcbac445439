import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LabelOutbox, type OutgoingLabel } from "../../../../app/c/[slug]/review/_components/desk/label-outbox.ts";

/** A browser's store with so much room in all. */
function openStore(room = Number.POSITIVE_INFINITY): Storage {
  const values: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => values[key] ?? null,
    setItem: (key: string, value: string) => {
      if (JSON.stringify({ ...values, [key]: value }).length > room) throw new DOMException("full", "QuotaExceededError");
      values[key] = value;
    },
    removeItem: (key: string) => {
      delete values[key];
    },
  };
  return new Proxy(values, { get: (_, name) => methods[name as keyof typeof methods] }) as unknown as Storage;
}

const label = (n: number): OutgoingLabel => ({
  clientId: `00000000-0000-4000-8000-00000000000${n}`,
  glyphId: `g${n}`,
  kind: "class",
  value: "7",
});
const saved = () => Response.json({ glyphs: [] });
const problem = (status: number, code: string) =>
  Response.json({ type: "about:blank", title: "No", status, detail: "No.", code }, { status });

/** What was sent, and what comes in answer: one after another, then `saved`. */
let sent: string[][];
let answers: (() => Response)[];
let refused: string[];
const open = () => new LabelOutbox("mine", "session", { onSaved: () => {}, onRefused: ({ glyphId }) => void refused.push(glyphId) });

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers, refused] = [[], [], []];
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("localStorage", openStore());
  vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
    const { labels } = JSON.parse(body) as { labels: OutgoingLabel[] };
    sent.push(labels.map(({ glyphId }) => glyphId));
    return (answers.shift() ?? saved)();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("labels on their way", () => {
  test("are dropped where Inkform refuses them, not for what a proxy or a wrongly started server says", async () => {
    answers = [
      () => new Response("<h1>Who are you?</h1>", { status: 407 }),
      () => new Response(null, { status: 408 }),
      () => problem(403, "forbidden"),
      () => new Response("<h1>Not found</h1>", { status: 404 }),
    ];
    const outbox = open();
    outbox.start();
    outbox.add([label(1)], "anna");
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, refused, outbox.snapshot().kind]).toEqual([5, [], "saved"]);
    answers = [() => problem(404, "not-found")];
    outbox.add([label(2)], "anna");
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, refused, outbox.snapshot().kind]).toEqual([6, ["g2"], "saved"]);
  });

  test("are sent from another screen, where Review was left before they could be", async () => {
    answers = [() => problem(503, "unavailable")];
    const outbox = open();
    outbox.start();
    outbox.add([label(1)], "anna");
    await vi.advanceTimersByTimeAsync(10);
    outbox.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([["g1"], ["g1"]]);
    expect([outbox.snapshot().kind, vi.getTimerCount(), Object.keys(localStorage)]).toEqual(["saved", 0, []]);
  });

  test("that an earlier visit kept stay kept where the store is full", async () => {
    const key = "inkform.outbox.mine.earlier.000000000";
    const kept = JSON.stringify({ reviewer: "anna", labels: [label(1)] });
    vi.stubGlobal("localStorage", openStore(JSON.stringify({ [key]: kept }).length));
    localStorage.setItem(key, kept);
    answers = [() => problem(503, "unavailable")];
    const outbox = open();
    outbox.start();
    await vi.advanceTimersByTimeAsync(10);
    expect([outbox.snapshot().kind, localStorage.getItem(key)]).toEqual(["offline", kept]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([outbox.snapshot().kind, Object.keys(localStorage)]).toEqual(["saved", []]);
  });
});
