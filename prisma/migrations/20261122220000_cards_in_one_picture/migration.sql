-- Several cards in one picture: each is a page of its own with the picture's number.
-- AlterTable
ALTER TABLE "Page" ADD COLUMN "part" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "parts" INTEGER NOT NULL DEFAULT 1;

-- DropIndex
DROP INDEX "Page_scanId_number_key";

-- CreateIndex
CREATE UNIQUE INDEX "Page_scanId_number_part_key" ON "Page"("scanId", "number", "part");
