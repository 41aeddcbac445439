import type { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage, RgbImage } from "../../../lib/image/images.ts";
import { drawPdf } from "./print-card.ts";

const WORDS =
  "the of and to in that was his he it with is for as had you not be her on at by which have or from this him but all she they were my are".split(
    " ",
  );
const A4_PT = { width: 595, height: 842 };

/** A page of running text, or another firm's form: lines, boxes, captions. Not one of ours, not NIST's. 300 dpi, RGB. */
export async function drawOtherPage(what: "text" | "form", rng: Rng): Promise<GrayImage | RgbImage> {
  const content = what === "text" ? writeText(rng) : writeForm(rng);
  const [page] = await drawPdf({ name: `${what}.pdf`, bytes: buildPdf(content) }, { dpi: 300, colour: true });
  return page!;
}

function writeText(rng: Rng): string {
  const size = 9 + rng.int(4);
  const lines: string[] = [];
  for (let y = 780; y > 60; y -= 1.35 * size) lines.push(text(60, y, size, sentence(rng, Math.floor(880 / (size * 5)))));
  return lines.join("\n");
}

function writeForm(rng: Rng): string {
  const parts = [text(60, 790, 18, sentence(rng, 4)), "0.8 w"];
  for (let y = 740; y > 80; y -= 26 + rng.int(20)) {
    parts.push(text(60, y + 4, 9, sentence(rng, 3)));
    const boxes = rng.int(14);
    const side = 15 + rng.int(8);
    if (boxes < 3) parts.push(`220 ${y} 300 ${side} re S`);
    else for (let k = 0; k < boxes; k++) parts.push(`${200 + k * (side + 4)} ${y} ${side} ${side} re S`);
  }
  // A frame and black squares in the corners, as optical forms have them.
  parts.push("1.5 w 40 50 515 770 re S");
  for (const [x, y] of [
    [30, 800],
    [545, 800],
    [30, 25],
    [545, 25],
  ])
    parts.push(`${x} ${y} 18 18 re f`);
  return parts.join("\n");
}

function sentence(rng: Rng, words: number): string {
  return Array.from({ length: words }, () => WORDS[rng.int(WORDS.length)]!).join(" ");
}

function text(x: number, y: number, size: number, words: string): string {
  return `BT /F1 ${size} Tf ${x} ${y.toFixed(1)} Td (${words}) Tj ET`;
}

/** The least PDF with one page in Helvetica, which every reader has (ISO 32000-1, 9.6.2.2). */
function buildPdf(content: string): Uint8Array {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4_PT.width} ${A4_PT.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((body, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return Buffer.from(
    `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`,
  );
}
