import { fileURLToPath } from "node:url";

/** Absolute path of this checkout. */
export const repoRoot: string = fileURLToPath(new URL("../../..", import.meta.url));
