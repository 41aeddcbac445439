import { Rng } from "../../lib/core/rng.ts";
import { findComponents } from "../../lib/image/connected-components.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import type { BlankField, BlankForm } from "./nist-blank-form.ts";

/** A printed character: its px from the field's top line upwards, its left end, its advance to the next. */
interface Type {
  readonly image: BinaryImage;
  /** Of the image's top, from the line's top edge. */
  readonly rise: number;
}

const HEIGHT = 50;

/**
 * The form of another template: the same print, other strings. The printed characters of the form itself are cut apart and set
 * again in another order; every digit class still stands 13 times, the alphabets are permutations.
 */
export function recomposePrompts(
  form: BlankForm,
  printed: ReadonlyMap<string, string>,
  seed: number,
): { page: BinaryImage; prompts: Map<string, string> } {
  const rng = new Rng(seed);
  const page = { ...form.page, data: form.page.data.slice() };
  const types = new Map<string, Type[]>();
  const places = new Map<string, number[]>();
  for (const blank of form.fields) {
    const text = printed.get(blank.field.name) ?? "";
    const cut = cutTypes(page, blank, text.length);
    places.set(blank.field.name, cut.centres);
    cut.types.forEach((type, i) => {
      types.set(text[i], [...(types.get(text[i]) ?? []), type]);
    });
  }
  const short = form.fields.filter(({ field }) => field.kind === "digits" && field.length < 10);
  const pool = shuffle(
    [..."0123456789"].flatMap((digit) => Array.from({ length: 10 }, () => digit)),
    rng,
  );
  const prompts = new Map<string, string>();
  for (const blank of form.fields) {
    const { name, length } = blank.field;
    const old = printed.get(name) ?? "";
    const text = short.includes(blank) ? pool.splice(0, length).join("") : length === 26 ? shuffle([...old], rng).join("") : old;
    prompts.set(name, text);
    const centres = places.get(name) ?? [];
    let end = 0;
    [...text].forEach((char, i) => {
      const choice = types.get(char) ?? [];
      const type = choice[rng.int(choice.length)];
      // Letters have widths of their own.
      const centre = length < 26 ? centres[i] : i === 0 ? centres[0] : end + type.image.width / 2;
      setType(page, blank, type, centre);
      end = Math.round(centre - type.image.width / 2) + type.image.width;
    });
  }
  return { page, prompts };
}

function edge({ top }: BlankField, x: number): number {
  return top.top[Math.max(0, Math.min(top.top.length - 1, Math.round(x) - top.from))];
}

/** Cuts a prompt into its characters and erases it. */
function cutTypes(page: BinaryImage, blank: BlankField, count: number): { types: Type[]; centres: number[] } {
  const x0 = blank.top.from;
  const width = blank.top.to - x0 + 24;
  const strip = { width, height: HEIGHT, data: new Uint8Array(width * HEIGHT) };
  for (let x = 0; x < width; x++)
    for (let y = 0; y < HEIGHT; y++) strip.data[y * width + x] = page.data[(edge(blank, x0 + x) - 2 - HEIGHT + y) * page.width + x0 + x];
  const { labels, components } = findComponents(strip);
  const keep = Uint8Array.from([
    0,
    ...components.map(({ area, box: [, y, , h] }) => (y > 0 && h <= 46 && (h >= 17 || (count === 26 && y + h > 12)) && area >= 10 ? 1 : 0)),
  ]);
  const ink = new Int32Array(width);
  for (let i = 0; i < labels.length; i++) {
    if (keep[labels[i]] === 0) strip.data[i] = 0;
    else {
      ink[i % width]++;
      const x = x0 + (i % width);
      page.data[(edge(blank, x) - 2 - HEIGHT + Math.floor(i / width)) * page.width + x] = 0;
    }
  }
  const left = ink.findIndex((n) => n > 0);
  const right = width - [...ink].reverse().findIndex((n) => n > 0);
  // Letters stand apart, and 0123456789; the digits of the other prompts may touch and are cut at the thinnest column near equal distances.
  const cuts = count >= 10 ? gapsOf(ink, left, right, count) : pitchCuts(ink, left, right, count);
  const types: Type[] = [];
  const centres: number[] = [];
  for (let k = 0; k < count; k++) {
    const [from, to] = [cuts[k], cuts[k + 1]];
    const data = new Uint8Array((to - from) * HEIGHT);
    for (let y = 0; y < HEIGHT; y++) data.set(strip.data.subarray(y * width + from, y * width + to), y * (to - from));
    types.push({ image: { width: to - from, height: HEIGHT, data }, rise: HEIGHT + 2 });
    centres.push(x0 + (from + to) / 2);
  }
  return { types, centres };
}

function pitchCuts(ink: Int32Array, left: number, right: number, count: number): number[] {
  const pitch = (right - left) / count;
  const cuts = [left];
  for (let k = 1; k < count; k++) {
    const middle = Math.round(left + k * pitch);
    let best = middle;
    for (let x = middle - 4; x <= middle + 4; x++)
      if (ink[x] < ink[best] || (ink[x] === ink[best] && Math.abs(x - middle) < Math.abs(best - middle))) best = x;
    cuts.push(best);
  }
  return [...cuts, right];
}

function gapsOf(ink: Int32Array, left: number, right: number, count: number): number[] {
  const cuts = [left];
  for (let x = left; x < right; x++) {
    if (ink[x] > 0) continue;
    const start = x;
    while (ink[x] === 0) x++;
    if (x - start >= 3) cuts.push((start + x) >> 1);
  }
  cuts.push(right);
  if (cuts.length !== count + 1) throw new Error(`${cuts.length - 1} letters in a prompt of ${count}`);
  return cuts;
}

function setType(page: BinaryImage, blank: BlankField, { image, rise }: Type, centre: number): void {
  const left = Math.round(centre - image.width / 2);
  const top = edge(blank, centre) - rise;
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) if (image.data[y * image.width + x] === 1) page.data[(top + y) * page.width + left + x] = 1;
}

function shuffle<T>(items: T[], rng: Rng): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const k = rng.int(i + 1);
    [items[i], items[k]] = [items[k], items[i]];
  }
  return items;
}
