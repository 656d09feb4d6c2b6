import { cleanupMethod } from "./cleanup-method.ts";
import { compactMethod } from "./compact-method.ts";
import { createMethod } from "./create-method.ts";
import { deleteMethod } from "./delete-method.ts";
import { listMethod } from "./list-method.ts";
import type { SessionMethod } from "./method.ts";
import { patchMethod } from "./patch-method.ts";
import { previewMethod } from "./preview-method.ts";
import { resetMethod } from "./reset-method.ts";
import { resolveMethod } from "./resolve-method.ts";

/** Every method that a registry holds from the start. */
export const methodTable: readonly SessionMethod[] = [
  listMethod,
  previewMethod,
  resolveMethod,
  createMethod,
  patchMethod,
  resetMethod,
  deleteMethod,
  compactMethod,
  cleanupMethod,
];
