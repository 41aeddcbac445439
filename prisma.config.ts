import { defineConfig } from "prisma/config";

/** For Prisma's command line only (`npm run generate`, `prisma migrate deploy`); the server reads lib/server/env.ts. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
