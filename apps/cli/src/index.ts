export type { CliIo } from "./io.ts";
export type { ExitStatus } from "./exit-codes.ts";
export { run } from "./run.ts";
