import type { FindingMeaning } from "./finding-meaning.ts";

const mended = "Preview and mend it with `sessionsmith repair --transcripts`.";
const aside =
  "Mending moves the bytes to a file beside the transcript, whose name ends in `.damaged.<n>`; the transcript as it was goes to the trash.";

/** Findings on what is inside transcripts: one for each kind of trouble in a file, with its first place and a count. */
export const transcriptFindings = {
  "transcript-empty": {
    severity: "warning",
    title: "a transcript holds nothing at all",
    explanation:
      "The file is empty, or there are only blank lines in it. OpenClaw writes a new header into it when the session is next used. If there was a conversation, it is in an archive or a backup. Mending gives the file a header.",
    remedy: mended,
  },
  "transcript-header-missing": {
    severity: "error",
    title: "a transcript does not begin with a header, and OpenClaw will overwrite it",
    explanation:
      "The first record is no session header. OpenClaw takes such a file for damaged and overwrites all of it with an empty one when the session is next used. Its own `sessions.compact` leaves such files behind. Mending puts a header in front, taken from the file itself or an archive of it, or made from the name of the file, its rows and its first record. Bare messages, as openclaw-python leaves them, become records of OpenClaw by `sessionsmith repair --dialect`, or by `sessionsmith repair` without a selection.",
    remedy: mended,
  },
  "transcript-header-damaged": {
    severity: "error",
    title: "the header of a transcript is damaged, and OpenClaw may overwrite the file",
    explanation: `The first line is no header that can be understood, and no header follows. OpenClaw overwrites such a file with an empty one when the session is next used. ${aside} A new header is made as for a missing one.`,
    remedy: mended,
  },
  "transcript-header-second": {
    severity: "warning",
    title: "a transcript has a further header in its middle",
    explanation: `A header belongs in the first line only; a second one comes from two files that were joined, or from two writers. ${aside}`,
    remedy: mended,
  },
  "transcript-unreadable": {
    severity: "error",
    title: "a transcript can't be read",
    explanation:
      "The system refused to open or to read the file. It is taken to be whole and in use; nothing is done to it.",
    remedy: "Look the error up, mend the permissions or the disk, and run the command again.",
  },
  "transcript-newer": {
    severity: "info",
    title: "a transcript has a newer version than is understood",
    explanation:
      "The header has a version that is newer than that of OpenClaw 2026.5.28. The file is neither judged nor changed.",
    remedy: "Nothing has to be done. Use a newer release of Sessionsmith to look into the file.",
  },
  "transcript-torn-tail": {
    severity: "error",
    title: "the end of a transcript is cut off",
    explanation: `The last line is no whole record and no line end follows it: a write was interrupted. What OpenClaw writes next is glued to it, and can't be read either. ${aside}`,
    remedy: mended,
  },
  "transcript-unterminated": {
    severity: "warning",
    title: "the last record of a transcript has no line end",
    explanation:
      "The record is whole, but what a program appends next may be glued to it, and then neither can be read. Mending adds the line end.",
    remedy: mended,
  },
  "transcript-nul-bytes": {
    severity: "error",
    title: "a transcript holds NUL bytes",
    explanation: `A write was interrupted by a crash or a power cut, and the system filled the room with zeros. A record on the same line can't be read. ${aside}`,
    remedy: mended,
  },
  "transcript-glued-records": {
    severity: "error",
    title: "a line of a transcript holds more than one record, or a record and something else",
    explanation: `Each record has a line of its own; of such a line no program reads anything. Mending gives every whole record its own line. What is no record is set aside. ${aside}`,
    remedy: mended,
  },
  "transcript-line-damaged": {
    severity: "error",
    title: "a line in the middle of a transcript is no record",
    explanation: `The line is no JSON object. OpenClaw passes over it, so what it said is missing from the conversation. ${aside}`,
    remedy: mended,
  },
  "transcript-line-not-utf8": {
    severity: "error",
    title: "a line of a transcript is not valid UTF-8",
    explanation: `Whoever reads the line replaces the bytes that are no characters, and may write them back so. ${aside}`,
    remedy: mended,
  },
  "transcript-line-unread": {
    severity: "warning",
    title: "a line of a transcript is too long or nested too deep to be looked into",
    explanation:
      "A line of more than 64 MiB, or one that nests deeper than 256 levels, is not parsed. It stays where it is, byte for byte. As it may hold any record, the links between the records of this file are not judged.",
    remedy: "Look at the line by hand if the session does not work.",
  },
  "transcript-entry-incomplete": {
    severity: "warning",
    title: "a record of a transcript lacks what every record has",
    explanation:
      "The record has no type or no id, or is a message without a role, though the others have these. OpenClaw may pass over it or stop at it. It stays as it is.",
    remedy: "Look at the line by hand, after taking a copy of the file.",
  },
  "transcript-crlf": {
    severity: "warning",
    title: "lines of a transcript end in CR LF",
    explanation:
      "A program for Windows has rewritten the file. It can be read; programs that take the CR for content stumble over it. Mending leaves only the LF.",
    remedy: mended,
  },
  "transcript-duplicate-id": {
    severity: "warning",
    title: "two records of a transcript have the same id",
    explanation: `Records are linked by their ids, so what belongs to the one is read as part of the other. A copy with the same bytes is set aside; a different record gets a new id, and what follows it is linked to that. ${aside}`,
    remedy: mended,
  },
  "transcript-parent-missing": {
    severity: "error",
    title: "the parent of a record is not in the transcript before it",
    explanation:
      "OpenClaw reads a conversation from its last record, from parent to parent. Where a parent is missing it stops, and what stands before is not read any more; if records are each other's parents it never ends. Mending links the record to the one before it.",
    remedy: mended,
  },
  "transcript-call-unanswered": {
    severity: "warning",
    title: "a tool call in a transcript has no result",
    explanation:
      "The run was interrupted. Many models refuse a conversation in which a call has no result. Mending adds a result after the call that says that none was recorded; it is an error, and it is marked with `sessionsmith`.",
    remedy: mended,
  },
  "transcript-result-unasked": {
    severity: "info",
    title: "a tool result in a transcript answers no call that stands before it",
    explanation:
      "The call was on a line that is lost, or in the part that a compaction took away. OpenClaw leaves such a result out of what it sends to a model. It stays as it is.",
    remedy: "Nothing has to be done.",
  },
} as const satisfies Record<string, FindingMeaning>;

/** The id of a finding on what is inside a transcript. */
export type TranscriptFindingId = keyof typeof transcriptFindings;
