import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../../lib/dataset/idx.ts";
import { renderCards } from "../../../lib/server/pdf/render-cards.ts";
import { bundleCommandLine, type CommandLine } from "../../support/command-line.ts";
import { simulateCard } from "../../support/simulated-card.ts";

const ROOT = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "inkform-read-"));
const at = (name: string): string => join(folder, name);
let command: CommandLine;
afterAll(() => rmSync(folder, { recursive: true }));

/** Typed: vitest's own matcher is `any`. */
function saying(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

interface Result {
  pages: {
    file: string;
    page: number;
    status: string;
    reason: { code: string; message: string } | null;
    template: string | null;
    fields: {
      name: string;
      prompt: string;
      promptSource: string;
      glyphs: { index: number; bounds: number[]; label: string | null; status: string }[];
    }[];
  }[];
}

function result(name: string): Result {
  return JSON.parse(readFileSync(join(at(name), "result.json"), "utf8")) as Result;
}

beforeAll(async () => {
  command = await bundleCommandLine("read");
  const { pages } = await simulateCard({ template: "digits", paper: "a4", seed: 2, dropOut: "none" }, { dpi: 150, blankRate: 0.05 });
  const { width, height, data } = pages[0].image;
  const jpeg = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .jpeg({ quality: 90 })
    .toBuffer();
  writeFileSync(at("1-filled.jpg"), jpeg);
  writeFileSync(at("2-cut.jpg"), jpeg.subarray(0, jpeg.length / 2));
  writeFileSync(at("3-text.png"), "no picture");
  writeFileSync(at("4-empty.pdf"), "");
  const cards = [3, 4].map((seed) => buildCard({ template: "letters", paper: "letter", seed, dropOut: "none" }));
  writeFileSync(at("5-two.pdf"), await renderCards(cards));
  writeFileSync(
    at("6-blank.png"),
    await sharp({ create: { width: 1240, height: 1754, channels: 3, background: "#f4f4f0" } })
      .png()
      .toBuffer(),
  );
  writeFileSync(
    at("7-else.webp"),
    await sharp({ create: { width: 800, height: 600, channels: 3, background: "#888", noise: { type: "gaussian", mean: 120, sigma: 50 } } })
      .webp()
      .toBuffer(),
  );
  execFileSync(process.execPath, ["scripts/build-threads.mjs"], { cwd: ROOT });
  return () => command.remove();
});

const files = ["1-filled.jpg", "2-cut.jpg", "3-text.png", "4-empty.pdf", "5-two.pdf", "6-blank.png", "7-else.webp"];

describe("npm run read", () => {
  it("reads what can be read, says why the rest can't, and disturbs nothing", async () => {
    const { code, stdout } = await command.runAsIs(...files.map(at), "--out", at("one"));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pages: 8, read: 3, rejected: 5, glyphs: 210 + 2 * 52 });
    const { pages } = result("one");
    expect(pages.map(({ file, page, status, reason }) => [file.slice(folder.length + 1), page, reason?.code ?? status])).toEqual([
      ["1-filled.jpg", 1, "read"],
      ["2-cut.jpg", 1, "decode-failed"],
      ["3-text.png", 1, "decode-failed"],
      ["4-empty.pdf", 1, "decode-failed"],
      ["5-two.pdf", 1, "read"],
      ["5-two.pdf", 2, "read"],
      ["6-blank.png", 1, "blank-page"],
      ["7-else.webp", 1, "no-card"],
    ]);

    const glyphs = pages.flatMap((page) => page.fields.flatMap((field) => field.glyphs));
    expect(glyphs.map((glyph) => glyph.index)).toEqual(glyphs.map((_, i) => i));
    const images = decodeIdxImages(readFileSync(join(at("one"), "images-idx3-ubyte")), "images");
    const labels = decodeIdxLabels(readFileSync(join(at("one"), "labels-idx1-ubyte")), "labels");
    expect(labels).toHaveLength(glyphs.length);
    glyphs.forEach((glyph, i) => {
      const image = images.data.subarray(784 * i, 784 * (i + 1));
      expect(image.some((value) => value > 0)).toBe(glyph.status !== "blank");
      expect(labels[i]).toBe(glyph.label === null ? 255 : Number(glyph.label));
    });
    expect(glyphs.filter((glyph) => glyph.status === "blank").length).toBeGreaterThan(104);
  });

  it("gives the same bytes with two processes", async () => {
    expect((await command.run(...files.map(at), "--out", at("two"), "--threads", "2")).code).toBe(0);
    for (const name of ["result.json", "images-idx3-ubyte", "labels-idx1-ubyte"]) {
      expect(readFileSync(join(at("two"), name)).equals(readFileSync(join(at("one"), name)))).toBe(true);
    }
  });

  it("exits with 2 for wrong arguments, with 1 where no file could be read", async () => {
    expect(await command.run(at("1-filled.jpg"))).toMatchObject({ code: 2, stderr: saying(/--out is missing/) });
    expect(await command.run("--out", at("x"))).toMatchObject({ code: 2, stderr: saying(/at least one file/) });
    expect(await command.run(at("1-filled.jpg"), "--out", at("x"), "--threads", "0")).toMatchObject({ code: 2 });
    expect(await command.run(at("missing.png"), at("4-empty.pdf"), "--out", at("x"))).toMatchObject({
      code: 1,
      stderr: saying(/missing\.png is not there/),
    });
  });

  it.skipIf(!process.env.NIST_DIR)(
    "reads an original NIST page: its prompts from a reference file where that has them, else from the print (needs NIST_DIR)",
    async () => {
      const scan = join(process.env.NIST_DIR ?? "", "f1002_33.png");
      const { digitFields } = JSON.parse(readFileSync(join(process.env.NIST_DIR ?? "", "f1002_33.json"), "utf8")) as {
        digitFields: string[];
      };
      // Of one prompt another is told than is printed: what the file says counts.
      writeFileSync(at("ref_33.txt"), "fld 6 99\n");
      expect((await command.run(scan, at("ref_33.txt"), "--out", at("nist"))).code).toBe(0);
      const prompts = result("nist").pages[0].fields.flatMap(({ name, prompt, promptSource }) => {
        const place = Number(name.slice(1)) - 3;
        return place >= 0 && place < digitFields.length ? [[place, prompt, promptSource]] : [];
      });
      expect(prompts).toEqual(digitFields.map((printed, place) => (place === 3 ? [place, "99", "reference"] : [place, printed, "ocr"])));
    },
  );
});
