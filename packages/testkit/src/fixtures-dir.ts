import { fileURLToPath } from "node:url";

/** Absolute path of the `fixtures/` directory of this checkout. */
export const fixturesDir: string = fileURLToPath(new URL("../../../fixtures", import.meta.url));
