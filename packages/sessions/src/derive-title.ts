import { cutCodePoints } from "@sessionsmith/core";

const titleLimit = 50;
const idLimit = 8;

/** What a title can be made of; undefined or blank parts are passed over. */
export interface TitleSource {
  readonly displayName: string | undefined;
  readonly subject: string | undefined;
  readonly label: string | undefined;
  /** Text of the first message of a user, or undefined if there is none or it was not read. */
  readonly firstUserMessage: string | undefined;
  readonly sessionId: string | undefined;
}

/**
 * A title for people: the display name, else the subject, the label, the first user message on one line
 * (50 characters, `...` if cut), or the first 8 characters of the session id.
 * The order is that of openclaw-python, which knows no label. Undefined if nothing is there.
 */
export function deriveTitle(source: TitleSource): string | undefined {
  return (
    titleGivenByRow(source) ?? titleOfMessage(source.firstUserMessage) ?? source.sessionId?.slice(0, idLimit)
  );
}

/** The part of {@link deriveTitle} that needs no transcript: undefined if only a message could name the session. */
export function titleGivenByRow(
  source: Omit<TitleSource, "firstUserMessage" | "sessionId">,
): string | undefined {
  return textOf(source.displayName) ?? textOf(source.subject) ?? textOf(source.label);
}

function titleOfMessage(message: string | undefined): string | undefined {
  const line = textOf(message?.replaceAll(/\s+/g, " "));
  if (line === undefined) return undefined;
  const cut = cutCodePoints(line, titleLimit);
  return cut === line ? line : `${cut}...`;
}

function textOf(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === "" ? undefined : text;
}
