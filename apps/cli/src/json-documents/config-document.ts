import { changeKeys } from "./change-document.ts";
import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

function settingKeys(prefix: string): readonly JsonKeySpec[] {
  return [
    { path: `${prefix}key`, type: "string", description: "dotted path of the setting" },
    {
      path: `${prefix}value`,
      type: "any",
      description: "its value, in the notation of the file; null if it is not set",
    },
    {
      path: `${prefix}source`,
      type: "default | environment | openclaw.json | sessionsmith.json5",
      description: "where it comes from",
    },
    {
      path: `${prefix}origin`,
      type: "string | null",
      description: "path of the file, or name of the variable; null for a default",
    },
  ];
}

/** What `sessionsmith config --json` prints. */
export const configDocument: JsonDocumentSpec = {
  title: "sessionsmith config --json",
  notes: ["`sessionsmith config <key> --json` prints one such setting alone."],
  keys: [
    { path: "settings", type: "array", description: "every setting as it holds" },
    ...settingKeys("settings[]."),
  ],
};

/** What `sessionsmith config <key> <value> --json` prints. */
export const configWriteDocument: JsonDocumentSpec = {
  title: "sessionsmith config <key> <value> --json",
  notes: [],
  keys: [
    { path: "ok", type: "true", description: "it was done, or would be" },
    { path: "key", type: "string", description: "dotted path of the setting" },
    { path: "value", type: "any", description: "its new value" },
    { path: "file", type: "string", description: "path of sessionsmith.json5" },
    ...changeKeys,
  ],
};
