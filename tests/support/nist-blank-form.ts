import { findComponents } from "../../lib/image/connected-components.ts";
import { applyHomography, type Homography } from "../../lib/image/homography.ts";
import type { BinaryImage, GrayImage } from "../../lib/image/images.ts";
import { findNistForm } from "../../lib/page/nist-find-form.ts";
import { NIST_FIELDS, NIST_LINE_PX, type NistField } from "../../lib/page/nist-form.ts";
import { measureLine, type PrintedLine } from "../../lib/page/nist-measure-line.ts";
import { makeUpright } from "../../lib/page/nist-upright-page.ts";

/** The paper's lines of one field, in px of the page; `left` and `right` in transposed coordinates. */
export interface BlankField {
  readonly field: NistField;
  readonly top: PrintedLine;
  readonly bottom: PrintedLine;
  readonly left: PrintedLine;
  readonly right: PrintedLine;
}

export interface BlankForm {
  readonly page: BinaryImage;
  /** The digit and alphabet fields, in the order of the form. */
  readonly fields: readonly BlankField[];
  readonly formToPage: Homography;
}

/** A filled original NIST page without its handwriting: the print and the box lines stay, with the scan's own roughness. */
export function blankNistForm(scan: GrayImage): BlankForm {
  const found = findNistForm(scan);
  if (found === null) throw new Error("no NIST form in the picture");
  const { binary, formToPage } = makeUpright(scan, found);
  const { width, height } = binary;
  const page = { width, height, data: binary.data.slice() };
  const turned = transpose(binary);
  const fields = NIST_FIELDS.filter(({ length }) => length > 0).map((field): BlankField => {
    const [x, y, w, h] = field.box;
    const at = (px: number, py: number) => applyHomography(formToPage, { x: px, y: py });
    const line = (image: BinaryImage, a: { x: number; y: number }, b: { x: number; y: number }): PrintedLine => {
      const slope = (b.y - a.y) / (b.x - a.x);
      return measureLine(image, { from: a.x + 6, to: b.x - 6, a: a.y - slope * a.x, b: slope }, NIST_LINE_PX);
    };
    const swap = (p: { x: number; y: number }) => ({ x: p.y, y: p.x });
    return {
      field,
      top: line(binary, at(x, y), at(x + w, y)),
      bottom: line(binary, at(x, y + h), at(x + w, y + h)),
      left: line(turned, swap(at(x, y)), swap(at(x, y + h))),
      right: line(turned, swap(at(x + w, y)), swap(at(x + w, y + h))),
    };
  });
  for (const blank of fields) eraseWriting(binary, turned, page, blank);
  return { page, fields, formToPage };
}

function eraseWriting(original: BinaryImage, turned: BinaryImage, page: BinaryImage, { top, bottom, left, right }: BlankField): void {
  const { width } = page;
  const x0 = Math.max(...left.bottom);
  const x1 = Math.min(...right.top);
  const y0 = Math.min(...top.top) - 12;
  const y1 = Math.max(...bottom.bottom) + 20;
  // Writing that leaves the box: what hangs on the inside when the lines' ink is gone, and what stands just below the box.
  const area = { x: x0 - 40, y: y0, width: x1 - x0 + 80, height: y1 - y0 };
  const rest = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++)
    for (let x = 0; x < area.width; x++) rest[y * area.width + x] = original.data[(area.y + y) * width + area.x + x];
  const { labels, components } = findComponents({ width: area.width, height: area.height, data: rest });
  const line = components.reduce((most, component) => (component.box[2] * component.box[3] > most.box[2] * most.box[3] ? component : most));
  labels.forEach((label, i) => {
    const x = area.x + (i % area.width);
    const y = area.y + Math.floor(i / area.width);
    const outside = y < top.top[0] - 3;
    if (label !== 0 && !outside && (label === line.label || y > top.bottom[0] - 4) && x > x0 - 22 && x < x1 + 22)
      page.data[y * width + x] = 0;
  });
  for (const edge of [top, bottom]) restore(original, edge, (x, y) => y * width + x, page.data);
  for (const edge of [left, right]) restore(turned, edge, (x, y) => x * width + y, page.data);
  // The corners come whole from the scan.
  for (const y of [top, bottom]) {
    for (const x of [left, right]) {
      for (let dy = -7; dy <= 7; dy++) {
        for (let dx = -7; dx <= 7; dx++) {
          const i = Math.round(y.a + y.b * x.a + dy) * width + Math.round(x.a + x.b * y.a + dx);
          page.data[i] = original.data[i];
        }
      }
    }
  }
}

/** Draws a line again, column by column as scanned; where writing hides it, as in a column nearby. */
function restore(image: BinaryImage, line: PrintedLine, index: (x: number, y: number) => number, out: Uint8Array): void {
  const profile = Array.from({ length: line.to - line.from }, (_, i): [number, number] | null => {
    const x = line.from + i;
    let start = -1;
    let end = -1;
    for (let y = line.top[i] - 5; y < line.bottom[i] + 5; y++) {
      if (image.data[y * image.width + x] === 0) continue;
      if (start < 0) start = y;
      end = y + 1;
    }
    const offsets: [number, number] = [start - line.top[i], end - line.bottom[i]];
    return start >= 0 && Math.abs(offsets[0]) <= 2 && Math.abs(offsets[1]) <= 2 ? offsets : null;
  });
  profile.forEach((_, i) => {
    let k = 0;
    while (k < profile.length && !profile[i - k] && !profile[i + k]) k++;
    // Mirrored at the last clean column, so that the roughness goes on.
    const from = profile[i - k] ? (profile[i - 2 * k] ?? profile[i - k]) : (profile[i + 2 * k] ?? profile[i + k]);
    const [a, b] = from ?? [0, 0];
    for (let y = line.top[i] + a; y < line.bottom[i] + b; y++) out[index(line.from + i, y)] = 1;
  });
}

export function transpose({ width, height, data }: BinaryImage): BinaryImage {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x];
  return { width: height, height: width, data: out };
}
