import * as z from "zod";
import { resetSession } from "../reset/reset-session.ts";
import { keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { endingFrame, entrySchema, keyParam } from "./schemas.ts";

/** `sessions.reset`: begins a session anew; a key without a row gets one. */
export const resetMethod = defineMethod({
  name: "sessions.reset",
  summary: "begin a session anew under its key",
  params: z.strictObject({ key: keyParam, reason: z.enum(["new", "reset"]).default("reset") }),
  result: z.strictObject({
    ok: z.literal(true),
    key: z.string(),
    sessionId: z.string(),
    entry: entrySchema,
    archived: z.array(z.string()).readonly(),
    ...endingFrame,
  }),
  run: async (stores, { key: given, reason }) => {
    const { scope, key } = keyScope(stores, given);
    const { answer } = await resetSession(scope, { key, reason, orCreate: true }, stores.changes);
    return answer;
  },
});
