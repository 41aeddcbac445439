-- One index along pages, by whether somebody has decided, instead of two: of the open glyphs and of all. Beside the index of pages alone, which all are read along,
-- the planner took that one for the open glyphs, too, and passed over what was decided; and a decision has less to write.
DROP INDEX "Glyph_open_page_idx";
DROP INDEX "Glyph_collectionId_pageId_fieldIndex_index_idx";
-- CreateIndex
CREATE INDEX "Glyph_collectionId_reviewed_pageId_fieldIndex_index_idx" ON "Glyph"("collectionId", "reviewed", "pageId", "fieldIndex", "index");
