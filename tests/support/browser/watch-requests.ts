import type { Page } from "@playwright/test";

/** A page at rest has asked for nothing this long; Playwright's own "networkidle" waits 500 ms. */
const QUIET_MS = 200;
const MOST_MS = 90_000;

/** Follows a page's requests from now on. @returns waits until none was under way for a moment */
export function watchRequests(page: Page): () => Promise<void> {
  const underWay = new Set<unknown>();
  let changed = Date.now();
  page.on("request", (request) => {
    underWay.add(request);
    changed = Date.now();
  });
  for (const event of ["requestfinished", "requestfailed"] as const) {
    page.on(event as "requestfinished", (request) => {
      underWay.delete(request);
      changed = Date.now();
    });
  }
  // A page that is left takes its requests along.
  page.on("framenavigated", (frame) => frame === page.mainFrame() && underWay.clear());
  return async () => {
    const deadline = Date.now() + MOST_MS;
    changed = Date.now();
    while (underWay.size > 0 || Date.now() - changed < QUIET_MS) {
      if (Date.now() > deadline) throw new Error(`${page.url()} was still asking for ${underWay.size} things after ${MOST_MS / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
}
