import { join } from "node:path";
import { ownDirName } from "./operation-paths.ts";

/** Where step `n` of an operation puts the file that it retires, relative to the sessions directory. */
export function trashName(operationId: string, n: number): string {
  return join(ownDirName, "operations", operationId, "files", String(n).padStart(6, "0"));
}

/** Tells whether a name, relative to the sessions directory, lies in our own directory: what a step moves there is in the trash. */
export function isTrash(name: string): boolean {
  return name.startsWith(`${ownDirName}/`);
}
