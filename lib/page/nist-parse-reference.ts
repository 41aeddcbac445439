import { InkformError } from "../core/inkform-error.ts";

/**
 * Reads one of NIST's reference files `ref_NN.txt`: a line a field, `fld 6 87`. Also taken: `fld_6`, `fld6:`, `f06`, a bare number,
 * blanks between the characters of a prompt, empty lines and lines starting with #.
 * @returns prompts by the fields' names, `f03` to `f32`
 * @throws InkformError `invalid-file` where no line is of that form
 */
export function parseReference(text: string): Map<string, string> {
  const prompts = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:fld|field|f)?[\s_]*0*(\d{1,2})\s*[:=\s]\s*(\S.*?)\s*$/i.exec(line);
    if (match === null) continue;
    const number = Number(match[1]);
    if (number < 3 || number > 32) continue;
    const prompt = match[2].replace(/[\s"']+/g, "");
    const fits = number <= 30 ? /^\d+$/ : /^[A-Za-z]+$/;
    if (fits.test(prompt)) prompts.set(`f${String(number).padStart(2, "0")}`, prompt);
  }
  if (prompts.size === 0) {
    throw new InkformError(
      "invalid-file",
      'This is no NIST reference file: it has no line like "fld 6 87". Choose the ref_NN.txt of the form\'s template.',
    );
  }
  return prompts;
}
