import { type ParseKeyOptions, parseSessionKey } from "./parse-session-key.ts";
import { splitKey } from "./split-key.ts";

/** A session that is no one peer's: the main session of an agent, the one session of scope global, a room. */
export type CommonSession = "main" | "global" | "room";

/** Tells a key that names such a session; undefined for every other. */
export function commonSessionOf(key: string, options: ParseKeyOptions = {}): CommonSession | undefined {
  if (!mayBeCommon(splitKey(key).rest, options)) return undefined;
  const parsed = parseSessionKey(key, options);
  if (parsed.form === "main") return "main";
  if (parsed.form === "sentinel" && parsed.name === "global") return "global";
  return parsed.form === "conversation" && parsed.word === "room" ? "room" : undefined;
}

/** Of ten thousand keys few have such a word. The others need not be taken apart. */
function mayBeCommon(rest: readonly string[], { mainKey = "main" }: ParseKeyOptions): boolean {
  return mainKey !== "main" || rest.includes("main") || rest.includes("global") || rest.includes("room");
}
