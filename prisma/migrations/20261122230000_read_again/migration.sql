-- A page may be read again: with corners and a code given by hand, or though it looked like a duplicate or another collection's.
-- AlterTable
ALTER TABLE "Scan" ADD COLUMN "batch" TEXT;

-- AlterTable
ALTER TABLE "Page" ADD COLUMN "anotherSheet" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "byHand" JSONB,
ADD COLUMN "cardPage" INTEGER,
ADD COLUMN "duplicateOf" TEXT,
ADD COLUMN "readByJobId" TEXT,
ADD COLUMN "readHere" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "readJobId" TEXT,
ADD COLUMN "setAside" JSONB;

-- CreateIndex
CREATE UNIQUE INDEX "Page_readJobId_key" ON "Page"("readJobId");

-- CreateIndex
CREATE INDEX "Page_collectionId_card_idx" ON "Page"("collectionId", "card");

-- AddForeignKey
ALTER TABLE "Page" ADD CONSTRAINT "Page_readJobId_fkey" FOREIGN KEY ("readJobId") REFERENCES "Job"("id") ON DELETE SET NULL ON UPDATE CASCADE;
