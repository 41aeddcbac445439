-- What was crossed out or overwritten has no label until a person gives it one. The review queue sorts by the enum's order.
-- AlterEnum
ALTER TYPE "GlyphStatus" ADD VALUE 'crossedOut' BEFORE 'labelled';
ALTER TYPE "GlyphStatus" ADD VALUE 'overwritten' BEFORE 'labelled';
