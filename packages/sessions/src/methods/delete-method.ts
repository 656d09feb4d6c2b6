import * as z from "zod";
import { type DeleteOrder, deleteSessions } from "../delete/delete-sessions.ts";
import { keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { endingFrame, keyParam } from "./schemas.ts";

const params = z.strictObject({
  key: keyParam,
  /** False moves the transcript to the trash instead of an archive. */
  archiveTranscript: z.boolean().default(true),
  /** False leaves it where it is. */
  deleteTranscript: z.boolean().default(true),
  /** For a gateway's own hooks; a store has none. */
  emitLifecycleHooks: z.boolean().optional(),
});

/** `sessions.delete`: takes one row out; a key without a row is no error. */
export const deleteMethod = defineMethod({
  name: "sessions.delete",
  summary: "take a session out of its store",
  params,
  result: z.strictObject({
    ok: z.literal(true),
    key: z.string(),
    deleted: z.boolean(),
    archived: z.array(z.string()).readonly(),
    removedKeys: z.array(z.string()).readonly(),
    keptKeys: z.array(z.string()).readonly(),
    ...endingFrame,
  }),
  run: async (stores, given) => {
    const { scope, key } = keyScope(stores, given.key);
    const order = { keys: [key], transcript: placeOf(given) };
    const { answer } = await deleteSessions(scope, order, stores.changes);
    return answer;
  },
});

function placeOf(given: z.output<typeof params>): NonNullable<DeleteOrder["transcript"]> {
  if (!given.deleteTranscript) return "keep";
  return given.archiveTranscript ? "archive" : "trash";
}
