import { type UploadResult, uploadResultSchema } from "../../../../../lib/contracts/scans.ts";
import { ApiError, toApiError } from "../../../../_components/api-client.ts";

/**
 * Sends a file's bytes as they are; by XMLHttpRequest, because fetch does not tell how much is sent. @throws ApiError
 *
 * @param onProgress the fraction sent so far, 0 to 1
 */
export function uploadFile(
  slug: string,
  { file, batch }: { file: File; batch: string },
  onProgress: (fraction: number) => void,
): Promise<UploadResult> {
  const url = `/api/collections/${slug}/scans?name=${encodeURIComponent(file.name)}&batch=${batch}`;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && event.total > 0 && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 200 || request.status >= 300) {
        reject(toApiError(request.status, request.responseText, url));
        return;
      }
      try {
        resolve(uploadResultSchema.parse(JSON.parse(request.responseText)));
      } catch {
        reject(toApiError(request.status, "", url));
      }
    };
    request.onerror = () => reject(new ApiError(brokenOff(file.name)));
    request.send(file);
  });
}

function brokenOff(fileName: string) {
  return {
    type: "about:blank" as const,
    title: "Broken off",
    status: 503,
    detail: `The connection broke while ${fileName} was being sent, or the file changed on disk or is a folder. Nothing of it was kept; send it again.`,
    code: "unavailable",
  };
}
