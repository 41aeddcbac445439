import { z } from "zod";
import { fileResponse } from "../../../../lib/server/http/file-response.ts";
import { readBody } from "../../../../lib/server/http/read-body.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { readMnistStored } from "../../../../lib/server/services/mnist/read-mnist-stored.ts";
import { MAX_MNIST_BYTES, uploadMnistFile } from "../../../../lib/server/services/mnist/upload-mnist-file.ts";

const query = z.strictObject({ name: z.string().min(1).max(200) });

export const GET = route({ query }, async ({ runtime, query: { name } }) =>
  fileResponse(await readMnistStored(runtime, name), { type: "application/octet-stream", immutable: true }),
);

export const PUT = route({ query, body: "bytes" }, async ({ runtime, request, query: { name } }) =>
  uploadMnistFile(runtime, name, await readBody(request, MAX_MNIST_BYTES)),
);
