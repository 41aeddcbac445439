import { InkformError } from "../../core/inkform-error.ts";

/** @returns for a full, read-only or failing disk the InkformError that says so; any other error as it is. */
export function mapDiskError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new InkformError(
        "unavailable",
        "The disk that holds the data folder is full. This file was not stored; all earlier ones are safe. Make room and try again.",
        error,
      );
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new InkformError(
        "unavailable",
        "The data folder cannot be written to. This file was not stored. Give the server's user the right to write there and try again.",
        error,
      );
    default:
      return error;
  }
}
