-- Reviews of one device, sharpness or box: how many glyphs each page has, and an index by place on the card.

-- CreateTable
CREATE TABLE "PageCount" (
    "pageId" TEXT NOT NULL,
    "listed" INTEGER NOT NULL,
    "reviewed" INTEGER NOT NULL,

    CONSTRAINT "PageCount_pkey" PRIMARY KEY ("pageId")
) WITH (fillfactor = 50);

-- AddForeignKey
ALTER TABLE "PageCount" ADD CONSTRAINT "PageCount_pageId_fkey" FOREIGN KEY ("pageId") REFERENCES "Page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Glyph_collectionId_field_index_status_id_idx" ON "Glyph"("collectionId", "field", "index", "status", "id");

-- Not in schema.prisma from here on: triggers. As GlyphCount's (20261126090000_review): rows in the order of their key, and of those that go only where they are there.
CREATE FUNCTION "count_page_glyphs_inserted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "PageCount" AS c
  SELECT "pageId", count(*) FILTER (WHERE "status" <= 'labelled'), count(*) FILTER (WHERE "status" <= 'labelled' AND "reviewed") FROM "added" GROUP BY 1 ORDER BY 1
  ON CONFLICT ("pageId") DO UPDATE SET "listed" = c."listed" + excluded."listed", "reviewed" = c."reviewed" + excluded."reviewed";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_page_glyphs_updated"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "PageCount" AS c
  SELECT "pageId", sum("n"), coalesce(sum("n") FILTER (WHERE "reviewed"), 0)
  FROM (SELECT "pageId", "reviewed", 1 AS "n" FROM "added" WHERE "status" <= 'labelled'
    UNION ALL SELECT "pageId", "reviewed", -1 AS "n" FROM "removed" WHERE "status" <= 'labelled') AS d
  GROUP BY 1 HAVING sum("n") <> 0 OR sum("n") FILTER (WHERE "reviewed") <> 0 ORDER BY 1
  ON CONFLICT ("pageId") DO UPDATE SET "listed" = c."listed" + excluded."listed", "reviewed" = c."reviewed" + excluded."reviewed";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_page_glyphs_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "PageCount" c WHERE c."pageId" IN (SELECT "pageId" FROM "removed") ORDER BY 1 FOR UPDATE;
  UPDATE "PageCount" c SET "listed" = c."listed" - d."listed", "reviewed" = c."reviewed" - d."reviewed"
  FROM (SELECT "pageId", count(*) FILTER (WHERE "status" <= 'labelled') AS "listed", count(*) FILTER (WHERE "status" <= 'labelled' AND "reviewed") AS "reviewed"
    FROM "removed" GROUP BY 1) AS d
  WHERE c."pageId" = d."pageId";
  RETURN NULL;
END $$;

CREATE TRIGGER "Glyph_page_count_inserted" AFTER INSERT ON "Glyph" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_page_glyphs_inserted"();
CREATE TRIGGER "Glyph_page_count_updated" AFTER UPDATE ON "Glyph" REFERENCING NEW TABLE AS "added" OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_page_glyphs_updated"();
CREATE TRIGGER "Glyph_page_count_deleted" AFTER DELETE ON "Glyph" REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_page_glyphs_deleted"();

INSERT INTO "PageCount"
SELECT "pageId", count(*) FILTER (WHERE "status" <= 'labelled'), count(*) FILTER (WHERE "status" <= 'labelled' AND "reviewed") FROM "Glyph" GROUP BY 1;

-- Making an index sets a table's size anew, and the embedded database would not see that it has grown.
ANALYZE "Glyph";
ANALYZE "PageCount";
