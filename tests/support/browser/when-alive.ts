import { expect, type Locator } from "@playwright/test";

/** Waits until React listens to an element that came with the server's HTML: what is done to it before is lost, as it is to a person who is faster than the page. */
export async function whenAlive(element: Locator): Promise<Locator> {
  await expect.poll(() => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")))).toBe(true);
  return element;
}
