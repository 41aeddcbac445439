import type { PageSummary, ScanView } from "../../../../lib/contracts/scans.ts";

/** What a page is called among others: its file, its number where the file has several, its card where its picture has several. */
export function namePage(scan: ScanView, page: PageSummary): string {
  const many = scan.pages.some(({ number }) => number > 1);
  return `${scan.fileName}${many ? `, page ${page.number}` : ""}${page.parts > 1 ? `, card ${page.part}` : ""}`;
}
