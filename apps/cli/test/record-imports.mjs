// Preloaded with `node --import`: writes the URL of every module that is imported to the file named by RECORD_IMPORTS.
import { register } from "node:module";

register("./record-imports-hooks.mjs", import.meta.url);
