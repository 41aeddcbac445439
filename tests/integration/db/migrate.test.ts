import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../../lib/server/db/migrate.ts";

const MIGRATIONS = join(process.cwd(), "prisma", "migrations");

describe("migrate", () => {
  let pglite: PGlite;
  let folder: string;
  const database = {
    execute: async (sql: string) => void (await pglite.exec(sql)),
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await pglite.query<Row>(sql, [...parameters])).rows,
  };
  const write = async (name: string, sql: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "migration.sql"), sql);
  };
  beforeAll(async () => {
    pglite = await PGlite.create("memory://");
  });
  afterAll(() => pglite.close());
  beforeEach(async () => {
    // Everything that a migration makes is in there: as good as a new database, which takes seconds.
    await pglite.exec(`DROP SCHEMA "public" CASCADE; CREATE SCHEMA "public"`);
    folder = await mkdtemp(join(tmpdir(), "inkform-migrations-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("applies what is missing, in order, once, and records it as Prisma does", async () => {
    await write("2_second", `ALTER TABLE "a" ADD COLUMN "y" INT;`);
    await write("1_first", `CREATE TABLE "a" ("x" INT);`);
    expect(await migrate(database, folder)).toEqual(["1_first", "2_second"]);
    expect(await migrate(database, folder)).toEqual([]);
    const rows = await database.query<{ checksum: string; applied_steps_count: number; finished_at: Date | null }>(
      `SELECT * FROM "_prisma_migrations" ORDER BY "migration_name"`,
    );
    expect(rows[0]).toMatchObject({
      migration_name: "1_first",
      checksum: createHash("sha256").update(`CREATE TABLE "a" ("x" INT);`).digest("hex"),
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
    });
    expect(rows[0].finished_at).toBeInstanceOf(Date);
  });

  it("leaves nothing of a migration that fails", async () => {
    await write("1_first", `CREATE TABLE "a" ("x" INT); CREATE TABLE "a" ("x" INT);`);
    await expect(migrate(database, folder)).rejects.toThrow(/1_first failed.*already exists.*nothing was changed/s);
    await write("1_first", `CREATE TABLE "a" ("x" INT);`);
    expect(await migrate(database, folder)).toEqual(["1_first"]);
  });

  it("refuses an edited migration and a database of a newer program", async () => {
    await write("1_first", `CREATE TABLE "a" ("x" INT);`);
    await write("2_second", "SELECT 1");
    await migrate(database, folder);
    await write("1_first", `CREATE TABLE "a" ("x" BIGINT);`);
    await expect(migrate(database, folder)).rejects.toThrow(/1_first was edited/);
    await write("1_first", `CREATE TABLE "a" ("x" INT);`);
    await rm(join(folder, "2_second"), { recursive: true });
    await expect(migrate(database, folder)).rejects.toThrow(/newer Inkform.*2_second/);
  });

  it("gives every model of schema.prisma its table, with the same columns and nullability", async () => {
    await migrate(database, MIGRATIONS);
    const columns = await database.query<{ table: string; column: string; nullable: string; type: string }>(
      `SELECT table_name AS "table", column_name AS "column", is_nullable AS "nullable", udt_name AS "type"
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
    );
    const actual = columns.map(
      ({ table, column, nullable, type }) => `${table}.${column} ${type}${nullable === "YES" && !type.startsWith("_") ? "?" : ""}`,
    );
    expect(actual.sort()).toEqual((await readSchemaColumns()).sort());
    expect((await readdir(MIGRATIONS)).length).toBeGreaterThan(1);
  });
});

/** `Table.column type?` of each scalar column in schema.prisma, read by hand: Prisma's own reader would only repeat what made the SQL. */
async function readSchemaColumns(): Promise<string[]> {
  const schema = await readFile(join(process.cwd(), "prisma", "schema.prisma"), "utf8");
  const blocks = [...schema.matchAll(/^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm)];
  const enums = new Set(blocks.filter(([, kind]) => kind === "enum").map(([, , name]) => name));
  const types: Record<string, string> = {
    String: "text",
    Int: "int4",
    BigInt: "int8",
    Float: "float8",
    Boolean: "bool",
    DateTime: "timestamptz",
    Json: "jsonb",
    Bytes: "bytea",
  };
  const columns: string[] = [];
  for (const [, kind, table, body] of blocks) {
    if (kind === "enum") continue;
    for (const line of body.split("\n")) {
      const match = /^ {2}(\w+)\s+(\w+)(\[\])?(\?)?/.exec(line);
      if (match === null) continue;
      const [, column, type, list = "", optional = ""] = match;
      const scalar = line.includes("@db.SmallInt")
        ? "int2"
        : line.includes("@db.Real")
          ? "float4"
          : (types[type] ?? (enums.has(type) ? type : undefined));
      if (scalar !== undefined) columns.push(`${table}.${column} ${list === "" ? scalar : `_${scalar}`}${optional}`);
    }
  }
  return columns;
}
