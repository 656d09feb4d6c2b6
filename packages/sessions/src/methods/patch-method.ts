import { isJsonObject, type JsonObject } from "@sessionsmith/core";
import * as z from "zod";
import { patchSession } from "../patch/patch-session.ts";
import { keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { patchParams } from "./patch-params.ts";
import { changeFrame, entrySchema } from "./schemas.ts";

/** `sessions.patch`: changes fields of a row; a key without a row gets one. */
export const patchMethod = defineMethod({
  name: "sessions.patch",
  summary: "change fields of a session",
  params: patchParams,
  result: z.strictObject({
    ok: z.literal(true),
    path: z.string(),
    key: z.string(),
    entry: entrySchema,
    resolved: z.strictObject({ modelProvider: z.string().optional(), model: z.string().optional() }),
    ...changeFrame,
  }),
  run: async (stores, { key: given, patch, ...flat }) => {
    const { scope, key } = keyScope(stores, given);
    const order = { key, patch: jsonOf(patch ?? flat), orCreate: true };
    const { answer } = await patchSession(scope, order, stores.changes);
    return answer;
  },
});

/** What the schema let through, as plain JSON: a property that is undefined is none. */
function jsonOf(patch: object): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(patch));
  if (!isJsonObject(json)) throw new TypeError("a patch that is no object");
  return json;
}
