-- What an estimate ended with: a glyph's whole posterior is computed from it when somebody looks.
ALTER TABLE "Fusion" ADD COLUMN "parameters" JSONB;
