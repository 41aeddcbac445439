import { buildWriter, type SimulatedWriter } from "./simulated-writer.ts";

export interface DemoWriter {
  /** For the log only; the card gets the code. */
  readonly name: string;
  readonly code: string;
  readonly writer: SimulatedWriter;
}

/** The demo's people: hands that differ in what a reader notices. */
export const DEMO_WRITERS: readonly DemoWriter[] = [
  {
    name: "upright, careful, black ball pen",
    code: "101",
    writer: buildWriter(101, { slantDeg: 1, sloppiness: 0.3, ink: "black", penWidthMm: 0.45 }),
  },
  {
    name: "leaning, quick, blue ball pen",
    code: "102",
    writer: buildWriter(102, { slantDeg: 16, sloppiness: 0.75, ink: "blue", penWidthMm: 0.5 }),
  },
  {
    name: "wide and round, blue gel pen",
    code: "103",
    writer: buildWriter(103, { aspect: 1.18, roundness: 1, ink: "blue", penWidthMm: 0.65 }),
  },
  {
    name: "narrow, small, pencil",
    code: "104",
    writer: buildWriter(104, { aspect: 0.84, size: 0.6, ink: "pencil", penWidthMm: 0.55, darkness: 0.92 }),
  },
  { name: "left-leaning, black fine liner", code: "105", writer: buildWriter(105, { slantDeg: -8, ink: "black", penWidthMm: 0.38 }) },
  {
    name: "large and hasty, thick black pen",
    code: "106",
    writer: buildWriter(106, { size: 0.78, sloppiness: 0.9, ink: "black", penWidthMm: 0.68 }),
  },
];
