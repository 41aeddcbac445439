-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('queued', 'running', 'done', 'failed', 'stopped');

-- CreateEnum
CREATE TYPE "PageState" AS ENUM ('waiting', 'read', 'rejected');

-- CreateEnum
CREATE TYPE "GlyphStatus" AS ENUM ('mismatch', 'unsure', 'labelled', 'blank');

-- CreateEnum
CREATE TYPE "LabelSource" AS ENUM ('prompt', 'ocr', 'model', 'person');

-- CreateEnum
CREATE TYPE "LabelKind" AS ENUM ('class', 'unusable', 'retract');

-- CreateTable
CREATE TABLE "Collection" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Collection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CardBatch" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "copies" INTEGER NOT NULL,
    "codes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CardBatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Scan" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "originalSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "pageCount" INTEGER,
    "jobId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Page" (
    "id" TEXT NOT NULL,
    "scanId" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "PageState" NOT NULL DEFAULT 'waiting',
    "reasonCode" TEXT,
    "reasonMessage" TEXT,
    "template" TEXT,
    "card" TEXT,
    "writer" TEXT,
    "widthPx" INTEGER NOT NULL,
    "heightPx" INTEGER NOT NULL,
    "registration" JSONB,
    "fields" JSONB NOT NULL,
    "previewSha256" TEXT,
    "cropsSha256" TEXT,
    "glyphCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Glyph" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "pageId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "fieldIndex" SMALLINT NOT NULL,
    "index" SMALLINT NOT NULL,
    "prompt" TEXT,
    "promptSource" TEXT NOT NULL,
    "status" "GlyphStatus" NOT NULL,
    "boundsX" REAL NOT NULL,
    "boundsY" REAL NOT NULL,
    "boundsWidth" REAL NOT NULL,
    "boundsHeight" REAL NOT NULL,
    "image" BYTEA NOT NULL,
    "normalization" TEXT NOT NULL,
    "cropOffset" INTEGER NOT NULL,
    "cropWidth" SMALLINT NOT NULL,
    "cropHeight" SMALLINT NOT NULL,
    "predictionLabel" TEXT,
    "predictionProbability" REAL,
    "writer" TEXT NOT NULL,
    "label" TEXT,
    "labelSource" "LabelSource",
    "reviewed" BOOLEAN NOT NULL DEFAULT false,
    "unusable" BOOLEAN NOT NULL DEFAULT false,
    "disagrees" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Glyph_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Label" (
    "seq" BIGSERIAL NOT NULL,
    "glyphId" TEXT NOT NULL,
    "source" "LabelSource" NOT NULL,
    "by" TEXT NOT NULL,
    "kind" "LabelKind" NOT NULL,
    "value" TEXT,
    "probability" REAL,
    "clientId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Label_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "classes" TEXT[],
    "spec" JSONB NOT NULL,
    "splits" JSONB NOT NULL,
    "files" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "collectionId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "datasetId" TEXT,
    "datasetName" TEXT NOT NULL,
    "classes" TEXT[],
    "settings" JSONB NOT NULL,
    "jobId" TEXT NOT NULL,
    "checkpointSha256" TEXT,
    "modelSha256" TEXT,
    "model" JSONB,
    "curveLength" INTEGER NOT NULL DEFAULT 0,
    "secondsLeft" DOUBLE PRECISION,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CurveChunk" (
    "runId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "points" JSONB NOT NULL,

    CONSTRAINT "CurveChunk_pkey" PRIMARY KEY ("runId","start")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "modelName" TEXT NOT NULL,
    "runId" TEXT,
    "set" TEXT NOT NULL,
    "setName" TEXT NOT NULL,
    "errors" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "errorRate" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "details" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MnistFile" (
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MnistFile_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL,
    "interruptions" INTEGER NOT NULL DEFAULT 0,
    "runAfter" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "workerId" TEXT,
    "fraction" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "message" TEXT NOT NULL DEFAULT '',
    "failure" TEXT,
    "stopRequested" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Collection_slug_key" ON "Collection"("slug");

-- CreateIndex
CREATE INDEX "CardBatch_collectionId_id_idx" ON "CardBatch"("collectionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Scan_jobId_key" ON "Scan"("jobId");

-- CreateIndex
CREATE INDEX "Scan_collectionId_id_idx" ON "Scan"("collectionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Scan_collectionId_originalSha256_key" ON "Scan"("collectionId", "originalSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Scan_collectionId_sha256_key" ON "Scan"("collectionId", "sha256");

-- CreateIndex
CREATE INDEX "Page_collectionId_state_idx" ON "Page"("collectionId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Page_scanId_number_key" ON "Page"("scanId", "number");

-- CreateIndex
CREATE INDEX "Glyph_collectionId_reviewed_status_id_idx" ON "Glyph"("collectionId", "reviewed", "status", "id");

-- CreateIndex
CREATE INDEX "Glyph_collectionId_status_id_idx" ON "Glyph"("collectionId", "status", "id");

-- CreateIndex
CREATE INDEX "Glyph_collectionId_label_id_idx" ON "Glyph"("collectionId", "label", "id");

-- CreateIndex
CREATE INDEX "Glyph_collectionId_writer_id_idx" ON "Glyph"("collectionId", "writer", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Glyph_pageId_fieldIndex_index_key" ON "Glyph"("pageId", "fieldIndex", "index");

-- CreateIndex
CREATE UNIQUE INDEX "Label_clientId_key" ON "Label"("clientId");

-- CreateIndex
CREATE INDEX "Label_glyphId_seq_idx" ON "Label"("glyphId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_collectionId_version_key" ON "Dataset"("collectionId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Run_jobId_key" ON "Run"("jobId");

-- CreateIndex
CREATE INDEX "Run_datasetId_idx" ON "Run"("datasetId");

-- CreateIndex
CREATE UNIQUE INDEX "Run_collectionId_number_key" ON "Run"("collectionId", "number");

-- CreateIndex
CREATE INDEX "Evaluation_model_id_idx" ON "Evaluation"("model", "id");

-- CreateIndex
CREATE INDEX "Evaluation_runId_idx" ON "Evaluation"("runId");

-- CreateIndex
CREATE INDEX "Job_state_kind_runAfter_idx" ON "Job"("state", "kind", "runAfter");

-- AddForeignKey
ALTER TABLE "CardBatch" ADD CONSTRAINT "CardBatch_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scan" ADD CONSTRAINT "Scan_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scan" ADD CONSTRAINT "Scan_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Page" ADD CONSTRAINT "Page_scanId_fkey" FOREIGN KEY ("scanId") REFERENCES "Scan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Page" ADD CONSTRAINT "Page_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Glyph" ADD CONSTRAINT "Glyph_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Glyph" ADD CONSTRAINT "Glyph_pageId_fkey" FOREIGN KEY ("pageId") REFERENCES "Page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Label" ADD CONSTRAINT "Label_glyphId_fkey" FOREIGN KEY ("glyphId") REFERENCES "Glyph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_collectionId_fkey" FOREIGN KEY ("collectionId") REFERENCES "Collection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CurveChunk" ADD CONSTRAINT "CurveChunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Not in schema.prisma, which knows no partial indexes: counts by page and by collection of what waits for a reviewer.
CREATE INDEX "Glyph_disagreeing_idx" ON "Glyph"("collectionId", "pageId") WHERE "disagrees" AND NOT "reviewed";
CREATE INDEX "Glyph_unusable_idx" ON "Glyph"("collectionId") WHERE "unusable";
