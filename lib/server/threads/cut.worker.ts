import type { GlyphReading } from "../../pipeline/page-reading.ts";
import { type CutTask, cutFromScan } from "../services/cuts/cut-from-scan.ts";
import { serveTasks } from "./serve-tasks.ts";

/** Sends the glyphs that were cut. */
serveTasks<CutTask, GlyphReading[]>(async (task, { emit }) => emit(await cutFromScan(task)));
