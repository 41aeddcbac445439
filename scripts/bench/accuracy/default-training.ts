import { trainSettingsSchema } from "../../../lib/contracts/runs.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { joinPieces } from "../../../lib/mlp/model-file/pieces.ts";
import { evaluateModelOnFolder } from "../../../lib/server/services/train/evaluate-model-on-folder.ts";
import { readExampleFolders } from "../../../lib/server/services/train/read-example-folders.ts";
import { trainInNode } from "../../../lib/server/services/train/train-in-node.ts";
import { type Report, round } from "../bench-line.ts";

/** What pressing Train gives: the app's defaults on MNIST's 60,000 training digits, the test set looked at once, at the end. */
export async function measureDefaultTraining(folder: string, report: Report): Promise<void> {
  const { images, labels } = await readExampleFolders([folder], "train");
  const settings = trainSettingsSchema.parse({});
  const listener = { onPoint: () => {}, onCheckpoint: () => {}, isStopped: () => false };
  const { model, record } = await trainInNode({ train: { images, labels }, classes: [..."0123456789"], settings }, listener);
  const { errorRate, interval } = await evaluateModelOnFolder(decodeModel(joinPieces(model)), [folder], "test");
  const name = `784-${settings.hidden.join("-")}-10, ${settings.epochs} epochs, seed ${settings.seed}`;
  const nothing = { against: null, ratio: null };
  report({ figure: `test error, ${name}`, value: round(errorRate), unit: "fraction", ...nothing });
  report({ figure: "low end of its 95 % interval", value: round(interval[0]), unit: "fraction", ...nothing });
  report({ figure: "high end of its 95 % interval", value: round(interval[1]), unit: "fraction", ...nothing });
  report({ figure: "training time", value: round(record.seconds), unit: "s", ...nothing });
}
