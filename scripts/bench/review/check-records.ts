import { openBenchDatabase } from "./open-bench-database.ts";
import type { ReviewerRun } from "./scripted-reviewer.ts";

export interface Records {
  readonly lost: number;
  readonly doubled: number;
  readonly shared: number;
  readonly miscounted: number;
}

/** Compares what the server has acknowledged with what is in its database, once it has stopped. */
export async function checkRecords(folder: string, runs: readonly ReviewerRun[]): Promise<Records> {
  const acknowledged = new Map(runs.flatMap((run) => [...run.acknowledged]));
  const database = await openBenchDatabase(folder);
  try {
    const ids = [...new Set(acknowledged.values())];
    const counts = new Map<string, number>();
    let foreign = 0;
    let shared = 0;
    for (let from = 0; from < ids.length; from += 5000) {
      const rows = await database.query<{ clientId: string; glyphId: string; by: string }>(
        `SELECT "clientId", "glyphId", "by" FROM "Label" WHERE "glyphId" = ANY($1) AND "source" = 'person'`,
        [ids.slice(from, from + 5000)],
      );
      const people = new Map<string, Set<string>>();
      for (const { clientId, glyphId, by } of rows) {
        counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
        if (!acknowledged.has(clientId)) foreign++;
        people.set(glyphId, (people.get(glyphId) ?? new Set()).add(by));
      }
      for (const who of people.values()) if (who.size > 1) shared++;
    }
    const [{ miscounted }] = await database.query<{ miscounted: number }>(
      `SELECT count(*)::int AS "miscounted" FROM (
         SELECT "reviewed", "unusable", "label", sum("count") AS "n" FROM "GlyphCount" GROUP BY 1, 2, 3
         EXCEPT SELECT "reviewed", "unusable", coalesce("label", ''), count(*) FROM "Glyph" GROUP BY 1, 2, 3) AS d WHERE "n" <> 0`,
    );
    return {
      lost: [...acknowledged.keys()].filter((clientId) => !counts.has(clientId)).length,
      doubled: [...counts.values()].filter((n) => n > 1).length + foreign,
      shared,
      miscounted,
    };
  } finally {
    await database.close();
  }
}
