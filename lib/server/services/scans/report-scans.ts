import type { PageSummary, ScanView } from "../../../contracts/scans.ts";
import type { Runtime } from "../../runtime.ts";
import { listScans } from "./list-scans.ts";

const COLUMNS = [
  "file",
  "page",
  "part",
  "added",
  "state",
  "reason",
  "message",
  "card",
  "card page",
  "template",
  "writer",
  "glyphs",
  "in doubt",
];

/**
 * What became of every page that was added, or of one batch's, as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets take it for that).
 * @param batch what the scans of it have as `batch`, or a scan's id; all scans without it
 * @throws InkformError `not-found` (no such collection)
 */
export async function reportScans(runtime: Runtime, slug: string, batch: string | undefined): Promise<Uint8Array> {
  const scans = (await listScans(runtime, slug)).filter((scan) => batch === undefined || (scan.batch ?? scan.id) === batch);
  const rows = scans.toReversed().flatMap((scan) => [...scan.pages.map((page) => describePage(scan, page)), ...describeFile(scan)]);
  const lines = [COLUMNS, ...rows].map((row) => row.map(quote).join(","));
  return new TextEncoder().encode(`\ufeff${lines.join("\r\n")}\r\n`);
}

type Cell = string | number | null;

function describePage({ fileName, createdAt }: ScanView, page: PageSummary): Cell[] {
  const { number, part, state, reason, card, cardPage, template, writer, glyphs, disagreeing } = page;
  const what = state === "rejected" ? "refused" : state;
  return [
    fileName,
    number,
    part,
    createdAt,
    what,
    reason?.code ?? "",
    reason?.message ?? "",
    card,
    cardPage,
    template,
    writer,
    glyphs,
    disagreeing,
  ];
}

/** A file that could not be read as a whole has a line of its own. */
function describeFile({ fileName, createdAt, state, failure }: ScanView): Cell[][] {
  if (state !== "failed" && state !== "stopped") return [];
  return [[fileName, null, null, createdAt, "file not read", state, failure, null, null, null, null, 0, 0]];
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection): file names come from anywhere. */
function quote(cell: Cell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
