import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { TestServer } from "../start-server.ts";
import { ask } from "./ask.ts";

/** A glyph as the server has it. */
export interface Glyph {
  readonly id: string;
  readonly label: string | null;
  readonly reviewed: boolean;
  readonly unusable: boolean;
  readonly flag: string | null;
  readonly decidedBy: string | null;
  readonly conflict: boolean;
}

/** A tab of somebody with that name in Review, to be used by keys. */
export async function openReview(context: BrowserContext, server: TestServer, { name, query }: { name: string; query: string }) {
  const page = await context.newPage();
  await page.addInitScript((reviewer) => localStorage.setItem("inkform.reviewer", reviewer), name);
  await page.goto(`${server.url}/c/mine/review${query}`);
  return page;
}

export const listGlyphs = async (server: TestServer, query: string): Promise<Glyph[]> =>
  (await ask<{ glyphs: Glyph[] }>(server, `/collections/mine/glyphs?limit=1000&${query}`)).glyphs;

export const readGlyph = (server: TestServer, id: string) =>
  ask<Glyph & { labels: { kind: string; by: string; value: string | null }[] }>(server, `/glyphs/${id}`);

export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

export const expectSaved = (page: Page) => expect(page.getByTestId("save-state")).toHaveText("saved");

export const stageOf = (page: Page) => page.getByTestId("glyph-stage");

/** The glyph on the stage once it can be decided: without its picture it cannot. */
export async function shownGlyph(page: Page): Promise<string> {
  await expect(stageOf(page)).toHaveAttribute("data-drawn", "true");
  return (await stageOf(page).getAttribute("data-glyph")) ?? "";
}

/** Presses a key for the glyph shown and waits until the next one is there. @returns the glyph that it was for */
export async function decide(page: Page, key: string): Promise<string> {
  const id = await shownGlyph(page);
  await page.keyboard.press(key);
  await expect.poll(() => shownGlyph(page)).not.toBe(id);
  return id;
}
