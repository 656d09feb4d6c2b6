import { drawInteger, drawUuid, happens, pick } from "./draw.ts";
import type { Random } from "./draw.ts";

/**
 * Draws a session key of any shape that OpenClaw 2026.5.28 knows, and of some that only look like it.
 * @param agents agents whose keys are in the index
 */
export function drawKey(random: Random, agents: readonly [string, ...string[]]): string {
  if (happens(random, 0.12)) return bareKey(random);
  const rest = happens(random, 0.5) ? directRest(random) : otherRest(random);
  const key = `agent:${pick(random, agents)}:${rest}`;
  return happens(random, 0.05) ? oddlyCased(key) : key;
}

function bareKey(random: Random): string {
  const n = drawInteger(random, 1, 99);
  return pick(random, [
    "global",
    "unknown",
    "main",
    `+1555000${n}`,
    `group:${n}`,
    `telegram:group:${n}`,
    `discord:channel:c${n}`,
    `telegram:direct:${n}`,
    `direct:u${n}`,
    `subagent:${drawUuid(random)}`,
    `cron:job-${n}`,
    `hook:${n}`,
    `agent:main`,
  ]);
}

function directRest(random: Random): string {
  const n = drawInteger(random, 1, 999);
  return pick(random, [
    `direct:u${n}`,
    `direct:+1555${n}`,
    `telegram:direct:${n}`,
    `telegram:bot:direct:${n}`,
    `telegram:dm:${n}`,
    `dm:u${n}`,
    `telegram:bot:dm:${n}`,
    `matrix:direct:@u${n}:server`,
    `telegram:direct:${n}:topic:7`,
    `telegram:direct:${n}:thread:8`,
    `slack:bot:direct:u${n}:thread:1.2`,
    `cron:direct:u${n}`,
    `direct:u${n}:heartbeat`,
    `discord:direct:u${n}`,
    `:direct::u${n}`,
    `a:b:c:direct:u${n}`,
    `direct`,
    `direct:direct:direct:u${n}`,
  ]);
}

function otherRest(random: Random): string {
  const n = drawInteger(random, 1, 999);
  return pick(random, [
    "main",
    "home",
    "main:heartbeat",
    "heartbeat",
    `heartbeat-recovered-${n}`,
    `whatsapp:group:${n}@g.us`,
    `slack:channel:c${n}`,
    `slack:channel:c${n}:thread:17.5`,
    `discord:channel:${n}`,
    `telegram:group:-100${n}:topic:4`,
    `telegram:channel:${n}`,
    `signal:group:AbC${n}=`,
    `matrix:room:!r${n}`,
    `matrix:channel:!R${n}:server`,
    `feishu:group:oc_${n}:topic:om_1`,
    `group:${n}`,
    `cron:job-${n}`,
    `cron:job-${n}:run:${drawUuid(random)}`,
    `cron:job-${n}:group:x`,
    `hook:${drawUuid(random)}`,
    `node:n${n}`,
    `subagent:${drawUuid(random)}`,
    `subagent:${drawUuid(random)}:subagent:${drawUuid(random)}`,
    `acp:${drawUuid(random)}`,
    `explicit:${drawUuid(random)}`,
    `explicit:model-run-${drawUuid(random)}`,
    `dashboard:${drawUuid(random)}`,
    `telegram:group:${n}:heartbeat`,
    `main:thread:${n}`,
    `acct:whatsapp:group:${n}`,
  ]);
}

function oddlyCased(key: string): string {
  return key.replace(/[a-z]+$/, (word) => word.toUpperCase());
}
