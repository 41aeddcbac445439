import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import { DEMO_WRITERS } from "../../../lib/simulate/demo-writers.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import { simulateFilledPhoto } from "../../../lib/simulate/simulate-filled-photo.ts";
import { toRgb } from "../../../lib/simulate/to-rgb.ts";
import { printCard } from "../../support/simulated-card.ts";

const card = buildCard({ template: "digits", paper: "a4", seed: 5, dropOut: "red" });
const { writer, code } = DEMO_WRITERS[1];

describe("simulateFilledPhoto", () => {
  it("makes the same photograph and truth from the same request", async () => {
    const [page] = await printCard(card, { dpi: 100 });
    const request = {
      page: toRgb(page),
      card,
      pageIndex: 0,
      writer,
      writerCode: code,
      device: { camera: { ...CAMERAS.phone, widthPx: 900, heightPx: 1200 } },
      seed: 9,
    };
    const [first, second] = [simulateFilledPhoto(request), simulateFilledPhoto(request)];
    expect(first.channels).toBe(3);
    expect(Buffer.from(first.image.data).equals(Buffer.from(second.image.data))).toBe(true);
    expect(first.truth).toEqual(second.truth);
    expect(first.truth.writerCode).toBe(code);
  });

  it("writes the same page for another device", async () => {
    const [page] = await printCard(card, { dpi: 100 });
    const request = { page, card, pageIndex: 0, writer, writerCode: code, seed: 9 };
    const photo = simulateFilledPhoto({ ...request, device: { camera: { ...CAMERAS.phone, widthPx: 900, heightPx: 1200 } } });
    const scan = simulateFilledPhoto({ ...request, device: { scanner: SCANNERS.flatbed150 } });
    expect(scan.channels).toBe(1);
    expect(scan.truth).toEqual(photo.truth);
  });
});
