-- Label errors by confident learning: what it suggests, and what its last look found. And what a page was taken with and how well it shows.
-- AlterTable
ALTER TABLE "Glyph" ADD COLUMN "suspectLabel" TEXT;

-- AlterTable
ALTER TABLE "Page" ADD COLUMN "blurMm" DOUBLE PRECISION,
ADD COLUMN "device" TEXT,
ADD COLUMN "dpi" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "LabelCheck" (
    "collectionId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "summary" JSONB NOT NULL,

    CONSTRAINT "LabelCheck_pkey" PRIMARY KEY ("collectionId")
);

-- AddForeignKey
ALTER TABLE "LabelCheck" ADD CONSTRAINT "LabelCheck_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
