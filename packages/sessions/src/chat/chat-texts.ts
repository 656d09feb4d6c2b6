import { formatTimeOfDay } from "../freshness/reset-policy.ts";
import { formatZonedTime } from "../freshness/zoned-time.ts";
import type { Checkpoint } from "../manager/checkpoints.ts";
import type { ManagerSettings } from "../manager/manager-settings.ts";
import type { Session } from "../manager/session-view.ts";

/** What `/session` says. */
export function sessionText(session: Session, { scope, timeZone }: ManagerSettings): string {
  const { id, key, createdAt, messageCount, lastActivityAt, usage, nextReset, encrypted } = session;
  const time = (atMs: number) => formatZonedTime(atMs, timeZone);
  return [
    `Session: ${id}`,
    `Key: ${key}`,
    `Scope: ${scope}`,
    `Created: ${time(createdAt)}`,
    `Messages: ${messageCount}`,
    `Last activity: ${time(lastActivityAt)}`,
    `Tokens: ${usage.inputTokens} in, ${usage.outputTokens} out`,
    `Next reset: ${nextReset === undefined ? "only by hand" : `${time(nextReset.at)}, ${nextReset.reason}`}`,
    `Encrypted: ${encrypted ? "yes" : "no"}`,
  ].join("\n");
}

/** What `/session list` says. */
export function sessionsText(sessions: readonly Session[], { timeZone }: ManagerSettings): string {
  if (sessions.length === 0) return "There is no session yet; one begins with the first message.";
  return sessions
    .map(({ id, key, messageCount, lastActivityAt }) => {
      return `${id}  ${key}  ${count(messageCount, "message")}, ${formatZonedTime(lastActivityAt, timeZone)}`;
    })
    .join("\n");
}

/** What `/checkpoint list` says. */
export function checkpointsText(checkpoints: readonly Checkpoint[], { timeZone }: ManagerSettings): string {
  if (checkpoints.length === 0) return "There are no checkpoints of this session.";
  return checkpoints
    .map(({ id, name, messageCount, createdAt }) => {
      return `${id}  ${name}  ${count(messageCount, "message")}, ${formatZonedTime(createdAt, timeZone)}`;
    })
    .join("\n");
}

/** What the settings are now, after one of them was changed. */
export function settingsText({ daily, idleMinutes, timeZone }: ManagerSettings): string {
  const day =
    daily === undefined ? "no daily reset" : `daily reset at ${formatTimeOfDay(daily)} (${timeZone})`;
  const idle =
    idleMinutes === undefined ? "no idle reset" : `reset after ${count(idleMinutes, "minute")} idle`;
  return `${day}, ${idle}`;
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
