/** The fields of a session that its flags are made from; whatever is no text or no true is left out. */
export interface FlagFields {
  readonly thinkingLevel?: unknown;
  readonly verboseLevel?: unknown;
  readonly traceLevel?: unknown;
  readonly reasoningLevel?: unknown;
  readonly elevatedLevel?: unknown;
  readonly responseUsage?: unknown;
  readonly groupActivation?: unknown;
  readonly systemSent?: unknown;
  readonly abortedLastRun?: unknown;
  readonly wouldReset?: unknown;
  readonly sessionId?: unknown;
}

/** The flags of a session in the words of `openclaw sessions`: `think:high verbose:on usage:tokens system id:…`. */
export function sessionFlags(session: FlagFields): string {
  const words = [
    ["think", session.thinkingLevel],
    ["verbose", session.verboseLevel],
    ["trace", session.traceLevel],
    ["reasoning", session.reasoningLevel],
    ["elev", session.elevatedLevel],
    ["usage", session.responseUsage],
    ["activation", session.groupActivation],
  ].flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [`${String(name)}:${value}`] : [],
  );
  if (session.systemSent === true) words.push("system");
  if (session.abortedLastRun === true) words.push("aborted");
  if (session.wouldReset === true) words.push("reset-due");
  if (typeof session.sessionId === "string" && session.sessionId !== "")
    words.push(`id:${session.sessionId}`);
  return words.join(" ");
}
