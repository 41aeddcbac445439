/**
 * What `tsc --noEmit -p .` and `eslint . --max-warnings 0` say, from one TypeScript program: ESLint's rules here are those that ask for types, and finding those out is most
 * of what either costs. Exit code 1 where there is anything to say.
 */
import { ESLint } from "eslint";
import ts from "typescript";

const { config, error } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const parsed = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, process.cwd(), { incremental: false, noEmit: true }, "tsconfig.json");
const program = ts.createProgram({ rootNames: parsed.fileNames, options: parsed.options });
const found = [...(error ? [error] : []), ...parsed.errors, ...ts.getPreEmitDiagnostics(program)];
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: ts.sys.getCurrentDirectory, getNewLine: () => ts.sys.newLine };
process.stdout.write(ts.formatDiagnostics(found, host));

const eslint = new ESLint({
  overrideConfig: { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
});
const results = await eslint.lintFiles(["."]);
process.stdout.write(await (await eslint.loadFormatter("stylish")).format(results));
if (found.length > 0 || results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)) process.exitCode = 1;
