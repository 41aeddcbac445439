import type { Page } from "@playwright/test";

const STAGE = "[data-testid=glyph-stage]";

/** Decides one glyph after the other with the key of its label, each as soon as it is on the screen with its picture. @returns `delays`: ms from each key to the frame with the next one */
export async function decideOneByOne(page: Page, seconds: number): Promise<{ perMinute: number; delays: number[] }> {
  await page.locator(`${STAGE} canvas`).first().waitFor();
  await page.waitForLoadState("networkidle");
  const delays: number[] = [];
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    const label = await page.evaluate(watchNextGlyph, STAGE);
    await page.keyboard.press(label === "" ? "x" : label);
    delays.push(await page.evaluate(() => (globalThis as unknown as { nextGlyph: Promise<number> }).nextGlyph));
    done++;
  }
  return { perMinute: (done * 60_000) / (performance.now() - startedAt), delays };
}

/** Runs in the page: from now on `nextGlyph` is the time from the next key to the frame in which another glyph's ink is drawn. @returns the label shown now */
function watchNextGlyph(selector: string): string {
  const find = () => document.querySelector<HTMLElement>(selector);
  const before = find()?.dataset.glyph;
  const label = find()?.dataset.label ?? "";
  const hasInk = () => {
    const canvas = find()?.querySelector("canvas");
    const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((value, i) => i % 4 === 3 && value > 0) ?? false;
  };
  (globalThis as unknown as { nextGlyph: Promise<number> }).nextGlyph = new Promise((resolve) => {
    window.addEventListener(
      "keydown",
      (event) => {
        const look = (now: number) => {
          const glyph = find()?.dataset.glyph;
          if (glyph !== undefined && glyph !== before && hasInk()) resolve(now - event.timeStamp);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
  return label;
}

/** Confirms screen after screen of a class with Enter, each as soon as its pictures are there. */
export async function decideInGrid(page: Page, seconds: number): Promise<{ perMinute: number; inSight: number }> {
  const progress = page.getByTestId("review-progress");
  const count = async () => Number(await progress.getAttribute("data-count"));
  await page.locator("[data-testid=confirm-seen]:not([disabled])").waitFor();
  const before = await count();
  const startedAt = performance.now();
  let inSight = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    const left = await count();
    await page.keyboard.press("Enter");
    // The pictures of the next rows may not be there yet: then Enter says so and confirms nothing.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    inSight = Math.max(inSight, left - (await count()));
  }
  const done = before - (await count());
  return { perMinute: (done * 60_000) / (performance.now() - startedAt), inSight };
}
