import { storeErrorMeanings } from "@sessionsmith/core";
import { exitStatusByCode, exitStatusMeanings } from "../exit-codes.ts";
import { code, markdownPage, markdownTable } from "./markdown.ts";

/** `docs/exit-codes.md`: the exit statuses, and the error codes that lead to them. */
export function renderExitCodes(): string {
  const statuses = Object.entries(exitStatusMeanings).map(([status, meaning]) => [status, meaning]);
  const errors = Object.entries(storeErrorMeanings).map(([name, meaning]) => [
    code(name),
    meaning,
    String(new Map<string, number>(Object.entries(exitStatusByCode)).get(name)),
  ]);
  return markdownPage("Exit statuses and error codes", [
    "A status never changes its meaning. Which ones a command may end with stands at the end of its help.",
    markdownTable(["status", "meaning"], statuses),
    "An error carries a code. Under `--json` it is `error.code` of the object on standard error.",
    markdownTable(["code", "meaning", "status"], errors),
  ]);
}
