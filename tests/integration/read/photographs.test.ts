import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { readPage } from "../../../lib/pipeline/read-page.ts";
import { rejectPage } from "../../../lib/pipeline/reject-page.ts";
import { readCodes } from "../../../lib/server/codec/read-codes.ts";
import { toPageRaster } from "../../../lib/server/codec/to-page-raster.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import { DEMO_WRITERS } from "../../../lib/simulate/demo-writers.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import { simulateFilledPhoto } from "../../../lib/simulate/simulate-filled-photo.ts";
import { scoreReading } from "../../support/score-reading.ts";
import { printCard } from "../../support/simulated-card.ts";

const classifier = toClassifier(decodeModel(readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"))));
const deps = { readCodes, classifier, readNistPage: () => Promise.resolve(rejectPage("no-card", "not asked for here")) };

const DEVICES = [
  ...(["phone", "phoneDim", "phoneTilted", "phoneTurned", "phone8"] as const).map((name) => ({ name, device: { camera: CAMERAS[name] } })),
  ...(["flatbed300Colour", "feeder300", "bilevel300", "flatbed150"] as const).map((name) => ({
    name,
    device: { scanner: SCANNERS[name] },
  })),
];

describe("cards through simulated cameras and scanners", () => {
  DEVICES.forEach(({ name, device }, i) => {
    it(`${name}: registered, at most one box in a hundred not right`, async () => {
      const card = buildCard({ template: "digits", paper: "a4", seed: 50, dropOut: "none" });
      const [page] = await printCard(card, { dpi: 300, colour: true });
      const { writer, code } = DEMO_WRITERS[i % DEMO_WRITERS.length];
      const photo = simulateFilledPhoto({ page, card, pageIndex: 0, writer, device, seed: 7 + i, writerCode: code });
      const { image } = photo;
      const reading = await readPage(toPageRaster(image.data, image.width, image.height, photo.channels), deps);
      expect(reading.reason).toBeNull();
      expect(reading.card).toBe(card.code);
      // A wrong writer is worse than none.
      expect([code, null]).toContain(reading.writer);
      const wrong = scoreReading(reading, photo.truth, photo.pageToImage).filter((score) => !score.right);
      expect(wrong.length).toBeLessThanOrEqual(2);
    }, 60_000);
  });
});
