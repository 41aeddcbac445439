import { resolve } from "node:path";
import { z } from "zod";
import { InkformError } from "../core/inkform-error.ts";

const emptyIsUnset = (value: unknown): unknown => (value === "" ? undefined : value);

const envSchema = z.object({
  PORT: z.preprocess(emptyIsUnset, z.coerce.number({ error: "must be a port number, 0 to 65535" }).int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(emptyIsUnset, z.string().default("127.0.0.1")),
  INKFORM_DATA: z.preprocess(emptyIsUnset, z.string().default("./data")),
  DATABASE_URL: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must begin with postgresql:// (or be unset, for the embedded database)")
      .optional(),
  ),
  MNIST_DIR: z.preprocess(emptyIsUnset, z.string().optional()),
  /** Addresses of folders that hold MNIST's four .gz files, separated by commas: in place of the public mirrors. */
  INKFORM_MNIST_MIRRORS: z.preprocess(emptyIsUnset, z.string().default("")),
  INKFORM_ROOT: z.preprocess(emptyIsUnset, z.string().optional()),
  /** Further host names under which the site may be reached, separated by commas. */
  INKFORM_ALLOWED_HOSTS: z.preprocess(emptyIsUnset, z.string().default("")),
});

/** The settings of this process. Paths are absolute. */
export interface Env {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly mnistFolder: string | undefined;
  /** Empty: the public ones. Each ends in "/". */
  readonly mnistMirrors: readonly string[];
  /** The program's own folder: migrations, starter model, build/threads. */
  readonly root: string;
  readonly allowedHosts: readonly string[];
}

/**
 * Reads the settings from environment variables; an empty one counts as unset.
 * @throws InkformError `invalid-argument` naming the variable, what it must be and what it is.
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} is "${variables[name] ?? ""}": ${issue.message}`;
    });
    throw new InkformError("invalid-argument", `The environment has a setting that does not fit: ${problems.join("; ")}.`);
  }
  const env = parsed.data;
  const root = resolve(/* turbopackIgnore: true */ env.INKFORM_ROOT ?? process.cwd());
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: resolve(env.INKFORM_DATA),
    databaseUrl: env.DATABASE_URL,
    mnistFolder: env.MNIST_DIR === undefined ? undefined : resolve(env.MNIST_DIR),
    mnistMirrors: env.INKFORM_MNIST_MIRRORS.split(",")
      .map((mirror) => mirror.trim())
      .filter((mirror) => mirror !== "")
      .map((mirror) => (mirror.endsWith("/") ? mirror : `${mirror}/`)),
    root,
    allowedHosts: env.INKFORM_ALLOWED_HOSTS.split(",")
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ""),
  };
}

let parsedOnce: Env | undefined;

/** The settings of this process, parsed at the first call. */
export function getEnv(): Env {
  parsedOnce ??= parseEnv(process.env);
  return parsedOnce;
}
