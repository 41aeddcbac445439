-- What all that was said of a glyph amounts to (lib/label/fusion), as last estimated.
ALTER TABLE "Glyph" ADD COLUMN "fusedLabel" TEXT,
ADD COLUMN "fusedProbability" REAL,
ADD COLUMN "doubt" REAL;

CREATE TABLE "Fusion" (
    "collectionId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeq" BIGINT NOT NULL,
    "summary" JSONB NOT NULL,

    CONSTRAINT "Fusion_pkey" PRIMARY KEY ("collectionId")
);

CREATE TABLE "Audit" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "population" INTEGER NOT NULL,
    "lastSeq" BIGINT NOT NULL,
    "sample" JSONB NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Glyph_collectionId_doubt_id_idx" ON "Glyph"("collectionId", "doubt" DESC, "id");
CREATE INDEX "Audit_collectionId_id_idx" ON "Audit"("collectionId", "id");

ALTER TABLE "Fusion" ADD CONSTRAINT "Fusion_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Audit" ADD CONSTRAINT "Audit_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
