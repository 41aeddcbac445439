-- Which data folder a PostgreSQL server's database goes with: its scans and models are there.
CREATE TABLE "DataFolder" (
    "key" INTEGER NOT NULL DEFAULT 1,
    "id" TEXT NOT NULL,

    CONSTRAINT "DataFolder_pkey" PRIMARY KEY ("key")
);
