-- Review by several people: what pass a label was given in, conflicts, flags, who holds what, gold, and counts that are kept.

ALTER TYPE "LabelKind" ADD VALUE 'blank' BEFORE 'retract';
ALTER TYPE "LabelKind" ADD VALUE 'flag' BEFORE 'retract';
ALTER TYPE "LabelKind" ADD VALUE 'unflag' BEFORE 'retract';
CREATE TYPE "LabelPass" AS ENUM ('first', 'second', 'adjudication', 'gold');

ALTER TABLE "Label" ADD COLUMN "pass" "LabelPass" NOT NULL DEFAULT 'first';
ALTER TABLE "Glyph" ADD COLUMN "conflict" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "flag" TEXT,
ADD COLUMN "decidedBy" TEXT,
ADD COLUMN "soleDecider" TEXT,
ADD COLUMN "suspect" BOOLEAN NOT NULL DEFAULT false;

-- Who decided what there is already: of each glyph the people whose latest decision is not taken back. As in lib/label/current-label.ts, from the last retract to the first:
-- whether one holds is known once all later ones are.
DO $$
DECLARE r RECORD;
BEGIN
  CREATE TEMP TABLE "taken_back" ("clientId" TEXT PRIMARY KEY) ON COMMIT DROP;
  FOR r IN SELECT "clientId", "value" FROM "Label" WHERE "kind" = 'retract' AND "value" IS NOT NULL ORDER BY "seq" DESC LOOP
    IF NOT EXISTS (SELECT 1 FROM "taken_back" t WHERE t."clientId" = r."clientId") THEN
      INSERT INTO "taken_back" VALUES (r."value") ON CONFLICT DO NOTHING;
    END IF;
  END LOOP;
  WITH "standing" AS (
    SELECT DISTINCT ON (l."glyphId", l."by") l."glyphId", l."by", l."seq", l."kind"::text AS "kind", coalesce(l."value", '') AS "value"
    FROM "Label" l
    WHERE l."source" = 'person' AND l."kind" IN ('class', 'unusable')
      AND NOT EXISTS (SELECT 1 FROM "taken_back" t WHERE t."clientId" = l."clientId")
    ORDER BY l."glyphId", l."by", l."seq" DESC
  ), "decided" AS (
    SELECT "glyphId", (array_agg("by" ORDER BY "seq" DESC))[1] AS "last", count(*) AS "people",
      count(DISTINCT ("kind", "value")) > 1 AS "differ"
    FROM "standing" GROUP BY "glyphId"
  )
  UPDATE "Glyph" g SET "decidedBy" = d."last", "conflict" = d."differ", "soleDecider" = CASE WHEN d."people" = 1 THEN d."last" END
  FROM "decided" d WHERE g."id" = d."glyphId";
END $$;

-- CreateTable
CREATE TABLE "ReviewSession" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "pass" "LabelPass" NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReviewSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "glyphId" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "sessionId" TEXT NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("glyphId", "holder")
);

-- CreateTable
CREATE TABLE "Gold" (
    "glyphId" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "truth" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Gold_pkey" PRIMARY KEY ("glyphId")
);

-- CreateTable
CREATE TABLE "Pace" (
    "collectionId" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "status" "GlyphStatus" NOT NULL,
    "changed" BOOLEAN NOT NULL,
    "decisions" INTEGER NOT NULL,
    "timed" INTEGER NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pace_pkey" PRIMARY KEY ("collectionId", "reviewer", "status", "changed")
);

-- CreateTable
CREATE TABLE "GlyphCount" (
    "collectionId" TEXT NOT NULL,
    "status" "GlyphStatus" NOT NULL,
    "reviewed" BOOLEAN NOT NULL,
    "disagrees" BOOLEAN NOT NULL,
    "unusable" BOOLEAN NOT NULL,
    "conflict" BOOLEAN NOT NULL,
    "flagged" BOOLEAN NOT NULL,
    "suspect" BOOLEAN NOT NULL,
    "label" TEXT NOT NULL,
    "labelSource" TEXT NOT NULL,
    "prediction" TEXT NOT NULL,
    "soleDecider" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "GlyphCount_pkey" PRIMARY KEY ("collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flagged", "suspect", "label", "labelSource", "prediction", "soleDecider")
) WITH (fillfactor = 50);

-- CreateIndex
CREATE INDEX "ReviewSession_collectionId_until_idx" ON "ReviewSession"("collectionId", "until");

-- CreateIndex
CREATE INDEX "Claim_sessionId_seq_idx" ON "Claim"("sessionId", "seq");

-- CreateIndex
CREATE INDEX "Gold_collectionId_glyphId_idx" ON "Gold"("collectionId", "glyphId");

-- CreateIndex
CREATE INDEX "Glyph_collectionId_pageId_fieldIndex_index_idx" ON "Glyph"("collectionId", "pageId", "fieldIndex", "index");

-- AddForeignKey
ALTER TABLE "ReviewSession" ADD CONSTRAINT "ReviewSession_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "ReviewSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_glyphId_fkey" FOREIGN KEY ("glyphId") REFERENCES "Glyph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gold" ADD CONSTRAINT "Gold_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gold" ADD CONSTRAINT "Gold_glyphId_fkey" FOREIGN KEY ("glyphId") REFERENCES "Glyph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pace" ADD CONSTRAINT "Pace_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GlyphCount" ADD CONSTRAINT "GlyphCount_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Not in schema.prisma from here on: indexes on expressions and on parts of the table, and triggers.

-- An index a review order (lib/server/services/review/glyph-order.ts has the same expressions), of the open ones alone: what is decided leaves it, so that the next glyph
-- stands at its front however many were decided, and a decision has less to write.
CREATE INDEX "Glyph_open_doubt_idx" ON "Glyph"("collectionId", "doubt" DESC, "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_gain_idx" ON "Glyph"("collectionId", "status", (coalesce("doubt", CASE WHEN "predictionLabel" = "prompt" THEN 1::real - "predictionProbability"
  WHEN "predictionLabel" <> "prompt" THEN "predictionProbability" END, 0.5::real)) DESC, "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_odd_idx" ON "Glyph"("collectionId", "label", (coalesce("doubt", CASE WHEN "predictionLabel" = "prompt" THEN 1::real - "predictionProbability"
  WHEN "predictionLabel" <> "prompt" THEN "predictionProbability" END, 0.5::real)) DESC, "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_class_idx" ON "Glyph"("collectionId", "label", "status", "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_writer_idx" ON "Glyph"("collectionId", "writer", "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_page_idx" ON "Glyph"("collectionId", "pageId", "fieldIndex", "index") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_random_idx" ON "Glyph"("collectionId", left(md5("id"), 8), "id") WHERE NOT "reviewed";
CREATE INDEX "Glyph_open_disagreeing_idx" ON "Glyph"("collectionId", "status", "id") WHERE "disagrees" AND NOT "reviewed";
CREATE INDEX "Glyph_suspect_idx" ON "Glyph"("collectionId", "status", "id") WHERE "suspect" AND NOT "reviewed";
CREATE INDEX "Glyph_odd_idx" ON "Glyph"("collectionId", "label", (coalesce("doubt", CASE WHEN "predictionLabel" = "prompt" THEN 1::real - "predictionProbability"
  WHEN "predictionLabel" <> "prompt" THEN "predictionProbability" END, 0.5::real)) DESC, "id");
CREATE INDEX "Glyph_sole_decider_idx" ON "Glyph"("collectionId", "soleDecider", "status", "id") WHERE "soleDecider" IS NOT NULL;
CREATE INDEX "Glyph_conflict_idx" ON "Glyph"("collectionId", "status", "id") WHERE "conflict";
CREATE INDEX "Glyph_flagged_idx" ON "Glyph"("collectionId", "status", "id") WHERE "flag" IS NOT NULL;
CREATE INDEX "Label_gold_idx" ON "Label"("by", "glyphId") WHERE "pass" = 'gold';

-- GlyphCount is kept by the database, whoever writes: a count over a million rows would hold the embedded database for half a second. Rows in
-- the order of their key, so that two transactions cannot wait for each other.
CREATE FUNCTION "count_glyphs_inserted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "GlyphCount" AS c
  SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL, "suspect",
    coalesce("label", ''), coalesce("labelSource"::text, ''), coalesce("predictionLabel", ''), coalesce("soleDecider", ''), count(*)
  FROM "added" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  ON CONFLICT ON CONSTRAINT "GlyphCount_pkey" DO UPDATE SET "count" = c."count" + excluded."count";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_glyphs_updated"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "GlyphCount" AS c
  SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL, "suspect",
    coalesce("label", ''), coalesce("labelSource"::text, ''), coalesce("predictionLabel", ''), coalesce("soleDecider", ''), sum("n")
  FROM (SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag", "suspect", "label", "labelSource", "predictionLabel", "soleDecider", 1 AS "n" FROM "added"
    UNION ALL
    SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag", "suspect", "label", "labelSource", "predictionLabel", "soleDecider", -1 AS "n" FROM "removed") AS d
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 HAVING sum("n") <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  ON CONFLICT ON CONSTRAINT "GlyphCount_pkey" DO UPDATE SET "count" = c."count" + excluded."count";
  RETURN NULL;
END $$;

-- Only rows that are there: where the collection goes, its counts may have gone before its glyphs.
CREATE FUNCTION "count_glyphs_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "GlyphCount" c
  WHERE (c."collectionId", c."status", c."reviewed", c."disagrees", c."unusable", c."conflict", c."flagged", c."suspect", c."label", c."labelSource", c."prediction", c."soleDecider") IN (
    SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL, "suspect",
      coalesce("label", ''), coalesce("labelSource"::text, ''), coalesce("predictionLabel", ''), coalesce("soleDecider", '') FROM "removed")
  ORDER BY c."collectionId", c."status", c."reviewed", c."disagrees", c."unusable", c."conflict", c."flagged", c."suspect", c."label", c."labelSource", c."prediction", c."soleDecider"
  FOR UPDATE;
  UPDATE "GlyphCount" c SET "count" = c."count" - d."n"
  FROM (SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL AS "flagged", "suspect", coalesce("label", '') AS "label",
      coalesce("labelSource"::text, '') AS "labelSource", coalesce("predictionLabel", '') AS "prediction", coalesce("soleDecider", '') AS "soleDecider", count(*) AS "n"
    FROM "removed" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) AS d
  WHERE c."collectionId" = d."collectionId" AND c."status" = d."status" AND c."reviewed" = d."reviewed" AND c."disagrees" = d."disagrees"
    AND c."unusable" = d."unusable" AND c."conflict" = d."conflict" AND c."flagged" = d."flagged" AND c."suspect" = d."suspect" AND c."label" = d."label"
    AND c."labelSource" = d."labelSource" AND c."prediction" = d."prediction" AND c."soleDecider" = d."soleDecider";
  RETURN NULL;
END $$;

CREATE TRIGGER "Glyph_count_inserted" AFTER INSERT ON "Glyph" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_glyphs_inserted"();
CREATE TRIGGER "Glyph_count_updated" AFTER UPDATE ON "Glyph" REFERENCING NEW TABLE AS "added" OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_glyphs_updated"();
CREATE TRIGGER "Glyph_count_deleted" AFTER DELETE ON "Glyph" REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_glyphs_deleted"();

INSERT INTO "GlyphCount"
SELECT "collectionId", "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL, "suspect",
  coalesce("label", ''), coalesce("labelSource"::text, ''), coalesce("predictionLabel", ''), coalesce("soleDecider", ''), count(*)
FROM "Glyph" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12;
