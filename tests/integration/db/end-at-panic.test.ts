import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../../lib/server/db/open-database.ts";
import { findDatabaseTemplate } from "../../support/find-database-template.ts";

const migrations = join(process.cwd(), "prisma", "migrations");
const resultSchema = z.object({ acknowledged: z.array(z.string()), failure: z.string(), after: z.array(z.string()) });
/** In units of 1,024 bytes: three quarters of a segment of the write-ahead log. */
const LIMIT = 12_288;

describe.skipIf(process.platform === "win32")("an embedded database that can write no more", () => {
  it("says so to everybody from then on instead of hanging, and has every acknowledged row after the next start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "inkform-full-"));
    await cp(join(await findDatabaseTemplate(), "db"), folder, { recursive: true });
    const command = `ulimit -f ${LIMIT}; exec "$0" --import tsx tests/support/write-until-full.ts "$1"`;
    const { stdout } = await promisify(execFile)("bash", ["-c", command, process.execPath, folder], {
      timeout: 170_000,
      maxBuffer: 10_000_000,
    });
    const { acknowledged, failure, after } = resultSchema.parse(JSON.parse(stdout));
    expect(failure).toMatch(/could not (write|extend)|File too large/i);
    expect(acknowledged.length).toBeGreaterThan(10);
    for (const answer of after) expect(answer).toMatch(/had to stop.*What was acknowledged is safe/s);

    const database = await openDatabase({ folder, migrations });
    const rows = await database.client.job.findMany({ where: { kind: "filling" }, select: { id: true } });
    const there = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});
