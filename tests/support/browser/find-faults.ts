import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** The axe-core that AxeBuilder brings along. */
const AXE = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve("axe-core/axe.min.js");

/** What axe holds for serious or critical in a page, in words. @param rules all of axe's where absent */
export async function findFaults(page: Page, rules?: string[]): Promise<string[]> {
  // AxeBuilder would send its 1.3 MB twice for each look at the same page.
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(readFileSync(AXE, "utf8"));
  // No frames of other sites, and only what is wrong is wanted: without a tab of its own for the report a look takes less than half the time.
  const axe = new AxeBuilder({ page, axeSource: ";" }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => {
      const places = nodes.slice(0, 4).map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.html})`);
      return `${id}: ${places.join("; ")}`;
    });
}
