import { fileURLToPath } from "node:url";

/** Absolute path of the built command. */
export const cliBin: string = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));
