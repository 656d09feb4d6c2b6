/** How the content of a legacy file is written, whatever dialect it belongs to. */
export type LegacyForm =
  /** One JSON object with a list `messages` (openclaw-python `agents/session.py`). */
  | "json"
  /** One record or message a line. */
  | "lines"
  /** `role: text` a line. */
  | "text"
  /** `{ts, cmd, val}` a line (bytesagain's other `session` script). */
  | "log"
  /** One session of a SQLite database (Clodds). */
  | "clodds";
