import { type ParseArgsConfig, parseArgs } from "node:util";
import { InkformError } from "../../lib/core/inkform-error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Wrong arguments: the command ends with exit code 2. */
export class UsageError extends Error {}

/** `--help`: the usage is the answer, exit code 0. */
class HelpRequest extends Error {}

/**
 * Runs a command line: exit code 0 when `main` ends, 1 where it fails, 2 on arguments that are wrong. Messages go to stderr: of an
 * InkformError its message alone, of a fault in the program all there is.
 */
export async function runCommand(main: (args: string[]) => Promise<void>): Promise<void> {
  // A reader that stops early (`| head`) ends the command quietly.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof HelpRequest) {
      console.log(error.message);
    } else if (error instanceof UsageError) {
      console.error(error.message);
      process.exitCode = 2;
    } else {
      console.error(error instanceof InkformError ? error.message : error);
      process.exitCode = 1;
    }
  }
}

/**
 * `node:util`'s parseArgs; unknown options and values where none belong are refused with the usage, `--help` answers it.
 * @throws UsageError
 */
export function parseArguments<T extends Options>(args: string[], options: T, settings: { usage: string; positionals?: boolean }) {
  if (args.includes("--help") || args.includes("-h")) throw new HelpRequest(settings.usage);
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: settings.positionals ?? false });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${settings.usage}`);
  }
}

/** A number option in [low, high], whole unless told. @throws UsageError */
export function parseNumber(
  name: string,
  text: string,
  { low, high, whole = true }: { low: number; high: number; whole?: boolean },
): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value < low || value > high || (whole && !Number.isInteger(value))) {
    throw new UsageError(`--${name} must be a ${whole ? "whole " : ""}number from ${low} to ${high}, not "${text}".`);
  }
  return value;
}

/** One of a few words. @throws UsageError */
export function parseChoice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((c) => c === text);
  if (choice === undefined) throw new UsageError(`--${name} must be one of ${choices.join(", ")}, not "${text}".`);
  return choice;
}
