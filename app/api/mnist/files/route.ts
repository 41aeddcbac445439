import { z } from "zod";
import { readBody } from "../../../../lib/server/http/read-body.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { MAX_MNIST_BYTES, uploadMnistFile } from "../../../../lib/server/services/mnist/upload-mnist-file.ts";

const query = z.strictObject({ name: z.string().min(1).max(200) });

export const PUT = route({ query, body: "bytes" }, async ({ runtime, request, query: { name } }) =>
  uploadMnistFile(runtime, name, await readBody(request, MAX_MNIST_BYTES)),
);
