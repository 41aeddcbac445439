import { PSM } from "tesseract.js";
import type { ReadPrint } from "../../page/read-code-text.ts";
import type { OcrWorker } from "./ocr-worker.ts";

/** A reader of single printed lines at about 400 dpi: the card's text code and page number. */
export function createLineReader(ocr: OcrWorker): ReadPrint {
  return (line, characters) =>
    ocr.run(async (worker) => {
      await worker.setParameters({
        tessedit_char_whitelist: characters,
        tessedit_pageseg_mode: PSM.SINGLE_LINE,
        user_defined_dpi: "400",
      });
      const header = Buffer.from(`P5\n${line.width} ${line.height}\n255\n`, "latin1");
      const { data } = await worker.recognize(Buffer.concat([header, line.data]));
      return data.text.trim();
    });
}
