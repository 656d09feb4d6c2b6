import type { Arbitrary } from "fast-check";
import { array, constantFrom, oneof, string, stringMatching, tuple } from "fast-check";

/** Words that keys give a meaning to, in several cases, and text that has none. */
const segment: Arbitrary<string> = oneof(
  constantFrom(
    "agent",
    "Agent",
    "main",
    "MAIN",
    "global",
    "unknown",
    "direct",
    "dm",
    "peer",
    "group",
    "Channel",
    "room",
  ),
  constantFrom(
    "thread",
    "Thread",
    "topic",
    "heartbeat",
    "Heartbeat",
    "cron",
    "run",
    "subagent",
    "acp",
    "hook",
    "node",
  ),
  constantFrom("telegram", "signal", "Signal", "matrix", "Matrix", "whatsapp", "dashboard", "explicit"),
  constantFrom("", " ", "\n", "+15550001", "1@g.us", "AbC", "!Room", "ΑΣ", "İ", "K"),
  string({ maxLength: 6 }),
);

/** Keys made of such segments, and arbitrary text. */
export const anyKey: Arbitrary<string> = oneof(
  { weight: 4, arbitrary: array(segment, { maxLength: 9 }).map((segments) => segments.join(":")) },
  {
    weight: 4,
    arbitrary: tuple(segment, array(segment, { maxLength: 7 })).map(([id, rest]) =>
      ["agent", id, ...rest].join(":"),
    ),
  },
  { weight: 1, arbitrary: string({ unit: "binary", maxLength: 40 }) },
);

/** Ids as channels hand them out: never a word that keys give a meaning to. */
export const peerId: Arbitrary<string> = stringMatching(
  /^[@!#$+-]?[A-Za-z0-9]{1,8}[0-9](?::[a-z]{1,5}[.][a-z]{2}){0,2}$/,
);

/** One segment without a meaning. */
export const plainWord: Arbitrary<string> = stringMatching(/^[a-z]{1,6}[0-9]$/);
