import * as z from "zod";
import { previewSessions } from "../preview/preview-sessions.ts";
import { keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { keyParam, positive } from "./schemas.ts";

const mostKeys = 64;
const mostMessages = 50;
const mostChars = 2000;

/** `sessions.preview`: the last messages of up to 64 sessions. */
export const previewMethod = defineMethod({
  name: "sessions.preview",
  summary: "the last messages of sessions",
  params: z.strictObject({
    /** The first 64 count. */
    keys: z.array(keyParam).min(1),
    /** Messages of each, at most 50. */
    limit: positive.default(12),
    /** Characters of each message, at most 2000. */
    maxChars: z.int().min(20).default(240),
  }),
  result: z.strictObject({
    ts: z.number(),
    previews: z
      .array(
        z.strictObject({
          key: z.string(),
          status: z.enum(["ok", "empty", "missing", "error"]),
          items: z.array(z.strictObject({ role: z.string(), text: z.string() })).readonly(),
        }),
      )
      .readonly(),
  }),
  run: async (stores, { keys, limit, maxChars }) => {
    const asked = keys.slice(0, mostKeys).map((key) => ({ key, found: keyScope(stores, key).found }));
    const query = { limit: Math.min(limit, mostMessages), maxChars: Math.min(maxChars, mostChars) };
    return { ts: stores.host.clock.now(), previews: previewSessions(stores.host, asked, query) };
  },
});
