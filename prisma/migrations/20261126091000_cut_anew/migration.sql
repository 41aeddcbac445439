-- Glyphs can be cut anew by hand. What was cut before stays, with its labels, and counts no longer.
-- AlterEnum
ALTER TYPE "GlyphStatus" ADD VALUE 'superseded';

-- A glyph that no longer counts keeps its place in the field.
-- DropIndex
DROP INDEX "Glyph_pageId_fieldIndex_index_key";

-- CreateIndex
CREATE INDEX "Glyph_pageId_fieldIndex_index_idx" ON "Glyph"("pageId", "fieldIndex", "index");

-- CreateTable
CREATE TABLE "GlyphCut" (
    "id" TEXT NOT NULL,
    "pageId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "after" TEXT[],
    "undoes" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GlyphCut_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "GlyphCut_clientId_key" ON "GlyphCut"("clientId");

-- CreateIndex
CREATE INDEX "GlyphCut_pageId_id_idx" ON "GlyphCut"("pageId", "id");

-- AddForeignKey
ALTER TABLE "GlyphCut" ADD CONSTRAINT "GlyphCut_pageId_fkey" FOREIGN KEY ("pageId") REFERENCES "Page"("id") ON DELETE CASCADE ON UPDATE CASCADE;
