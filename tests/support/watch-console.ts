import type { BrowserContext } from "@playwright/test";

/**
 * Collects what the pages of a context complain about: uncaught errors and errors in the console, each after its page's address.
 * @param expected complaints that belong to the test, such as the browser's line on an answer of 422
 * @returns empties the list and gives what was in it.
 */
export function watchConsole(context: BrowserContext, expected?: RegExp): () => string[] {
  const problems: string[] = [];
  context.on("weberror", (event) => problems.push(`${event.page()?.url()}: ${event.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error" && !expected?.test(message.text())) problems.push(`${message.page()?.url()}: ${message.text()}`);
  });
  return () => problems.splice(0);
}
