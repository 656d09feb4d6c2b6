/** What is loaded when a command about single sessions is run. */
export { runCompact } from "./commands/compact.ts";
export { runCreate } from "./commands/create.ts";
export { runDelete } from "./commands/delete.ts";
export { runPatch } from "./commands/patch.ts";
export { runPreview } from "./commands/preview.ts";
export { runReset } from "./commands/reset.ts";
export { runResolve } from "./commands/resolve.ts";
export { runShow } from "./commands/show.ts";
