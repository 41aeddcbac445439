import type { Page } from "@playwright/test";

/** A frame that comes later than this was missed at 60 a second. */
const LATE_MS = 25;

interface Scrolling {
  readonly framesPerSecond: number;
  /** Share of the frames that came late. */
  readonly late: number;
  /** px */
  readonly scrolled: number;
}

/** Scrolls the grid down at a steady speed (px a second) and counts the frames that the browser makes meanwhile. */
export async function scrollGrid(page: Page, { speed, seconds }: { speed: number; seconds: number }): Promise<Scrolling> {
  await page.getByTestId("glyph-cell").first().waitFor();
  await page.waitForLoadState("networkidle");
  return page.evaluate(
    ({ speed, seconds, lateMs }) =>
      new Promise<Scrolling>((resolve) => {
        const from = window.scrollY;
        let frames = 0;
        let late = 0;
        let first = 0;
        let last = 0;
        const step = (now: number) => {
          if (first === 0) first = now;
          else {
            frames++;
            if (now - last > lateMs) late++;
          }
          last = now;
          const elapsed = (now - first) / 1000;
          if (elapsed >= seconds)
            return resolve({ framesPerSecond: frames / elapsed, late: late / frames, scrolled: window.scrollY - from });
          window.scrollTo(0, from + speed * elapsed);
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { speed, seconds, lateMs: LATE_MS },
  );
}
