import * as z from "zod";
import { compactSession } from "../compact/compact-session.ts";
import { keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { changeFrame, keyParam, positive } from "./schemas.ts";

/** `sessions.compact`: keeps the last lines of a transcript; a key without a row is no error. */
export const compactMethod = defineMethod({
  name: "sessions.compact",
  summary: "shorten the transcript of a session",
  params: z.strictObject({ key: keyParam, maxLines: positive }),
  result: z.strictObject({
    ok: z.literal(true),
    key: z.string(),
    compacted: z.boolean(),
    reason: z.enum(["no sessionId", "no transcript"]).optional(),
    kept: z.int().optional(),
    removedLines: z.int(),
    keptLines: z.int(),
    archivedPath: z.string().nullable(),
    ...changeFrame,
  }),
  run: async (stores, { key: given, maxLines }) => {
    const { scope, key } = keyScope(stores, given);
    const order = { key, keepLines: maxLines, orNothing: true };
    const { answer } = await compactSession(scope, order, stores.changes);
    return answer;
  },
});
