import { join } from "node:path";

/** Path of a file inside an installed package. From the program's folder, not from this module: bundles move modules about. */
export function packageFile(pathInNodeModules: string): string {
  return join(process.env.INKFORM_ROOT ?? process.cwd(), "node_modules", pathInNodeModules);
}
