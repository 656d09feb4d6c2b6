/** What OpenClaw makes a title of; it does not look at the label. */
export interface DerivedTitleSource {
  readonly displayName: string | undefined;
  readonly subject: string | undefined;
  /** Text of the first message of the user, or undefined if there is none or it was not found. */
  readonly firstUserMessage: string | undefined;
  readonly sessionId: string | undefined;
  /** Epoch ms; undefined if unknown. */
  readonly updatedAt: number | undefined;
}

/** UTF-16 units of a title that is made of a message. */
const longestTitle = 60;

/**
 * The title of a session by the rule of OpenClaw 2026.5.28: the display name, else the subject, the first message of the user on one
 * line (60 characters; cut at a space of its last part, with an ellipsis), or the first 8 characters of the session id with
 * the day of its last update in UTC. Undefined if nothing is there.
 */
export function derivedTitle(source: DerivedTitleSource): string | undefined {
  const { displayName, subject, firstUserMessage, sessionId, updatedAt } = source;
  const given = textOf(displayName) ?? textOf(subject);
  if (given !== undefined) return given;
  const message = textOf(firstUserMessage?.replaceAll(/\s+/g, " "));
  if (message !== undefined) return cutTitle(message);
  return sessionId === undefined || sessionId === "" ? undefined : idTitle(sessionId, updatedAt);
}

function cutTitle(text: string): string {
  if (text.length <= longestTitle) return text;
  const cut = text.slice(0, longestTitle - 1);
  const space = cut.lastIndexOf(" ");
  return `${space > longestTitle * 0.6 ? cut.slice(0, space) : cut}\u2026`;
}

function idTitle(sessionId: string, updatedAt: number | undefined): string {
  const start = sessionId.slice(0, 8);
  const date = new Date(updatedAt ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? start : `${start} (${date.toISOString().slice(0, 10)})`;
}

function textOf(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === "" ? undefined : text;
}
