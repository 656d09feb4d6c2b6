import type { FindingMeaning } from "./finding-meaning.ts";

/** Findings about the stores that a migration reads. */
export const legacyFindings = {
  "legacy-unreadable": {
    severity: "error",
    title: "a legacy file holds no session that can be read",
    explanation:
      "The file is empty, can't be read, or holds something else than a session of any known dialect. It was left where it is.",
    remedy: "Look at the place that is named. Mend the file by hand, then run `sessionsmith migrate` again.",
  },
  "legacy-cut-off": {
    severity: "error",
    title: "a legacy file stops being JSON before its end",
    explanation:
      "The file was cut off or damaged. All messages before the place that is named were migrated; what follows it is only in the file, which stays.",
    remedy: "Look at the rest of the file by hand if the last messages matter.",
  },
  "legacy-message-unread": {
    severity: "error",
    title: "a message or line of a legacy file can't be understood",
    explanation:
      "A line is no JSON, or an item of a list of messages is neither a message nor a text. The rest of the file was migrated; the item is only in the file, which stays.",
    remedy: "Look at the place that is named.",
  },
  "legacy-bare-text": {
    severity: "warning",
    title: "a message of a legacy file is a text without an author",
    explanation:
      "Nobody can say whether the user or the assistant wrote it. It was taken for the user's, as openclaw-python takes every message without a role.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-not-utf8": {
    severity: "warning",
    title: "a legacy file is not UTF-8",
    explanation:
      "Every byte that is no UTF-8 was taken for a character of Latin-1. The file itself stays as it is.",
    remedy:
      "Look whether accented letters are right. Convert the file to UTF-8 before migrating if they are not.",
  },
  "legacy-byte-order-mark": {
    severity: "info",
    title: "a legacy file begins with a byte order mark",
    explanation: "The mark was skipped.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-time-guessed": {
    severity: "info",
    title: "a legacy session does not say when it was used last",
    explanation:
      "Its time is missing or is no time. The time of its last message was taken instead, or else the modification time of the file.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-key-changed": {
    severity: "warning",
    title: "a legacy session got another key than it asked for",
    explanation:
      "Two sessions wanted one key, or the store has a row of that key for another session. Nothing was overwritten: the one with the better claim keeps the key, the other stands under a key of its own.",
    remedy: "Nothing is lost. `sessionsmith list` shows both.",
  },
  "legacy-id-changed": {
    severity: "info",
    title: "a legacy session got another session id",
    explanation:
      "Its id can't name a transcript (OpenClaw 2026.5.28), or another session has it already. The new one is made from the old one, so it is the same each time; the transcript says which it was.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-duplicate": {
    severity: "info",
    title: "a legacy session is contained in another file",
    explanation:
      "Two files hold the same session, one of them all the messages of the other. The longer one was migrated.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-source-changed": {
    severity: "error",
    title: "a legacy file has changed since it was migrated",
    explanation:
      "Its session is in the store already, made from an earlier content of the file. Neither was touched, because both may have gone on.",
    remedy: "Take the earlier migration back with `sessionsmith migrate rollback`, then migrate again.",
  },
  "legacy-session-moved-on": {
    severity: "info",
    title: "a session that was migrated was compacted, encrypted or reset since",
    explanation:
      "It is in the store from an earlier migration, and its transcript does not tell any more what it was made of. It was not brought in again, and the legacy file stays where it is.",
    remedy: "Nothing needs to be done. To bring it in once more, migrate to another directory with `--to`.",
  },
  "legacy-map-dangling": {
    severity: "info",
    title: "a key of session_map.json leads to no file",
    explanation:
      "The session that the key stood for is not there any more. There is nothing to migrate for it.",
    remedy: "Nothing needs to be done.",
  },
  "legacy-database": {
    severity: "error",
    title: "a database of Clodds was found, but no SQLite library",
    explanation:
      "Its sessions are in a SQLite database, and the library that reads one (better-sqlite3) is optional and can't be loaded here. It was left as it is.",
    remedy:
      "Install better-sqlite3 12 for the Node that runs Sessionsmith, then run `sessionsmith migrate` again.",
  },
} as const satisfies Record<string, FindingMeaning>;
