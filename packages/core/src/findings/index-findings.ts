import type { FindingMeaning } from "./finding-meaning.ts";

const keptAsItIs = "The row is kept byte for byte, and never judged, changed or removed.";
const byHand = "Mend the row by hand while no gateway runs, after taking a copy of the index.";

/** Findings on the index itself: it can be read, but some of its rows can't be understood. */
export const indexFindings = {
  "index-unreadable": {
    severity: "error",
    title: "the index can't be read",
    explanation:
      "The index is empty, cut off, damaged, not UTF-8, no JSON object, or the system refuses to read it. OpenClaw takes such an index for an empty one, writes `{}` in its place, and its next cleanup deletes transcripts that nothing references any more. Nothing here touches the store until the index can be read.",
    remedy:
      "Do not run OpenClaw on this store. `sessionsmith repair --index` shows what can be saved from the index, from its backups and from the transcripts; with `--apply` it is done.",
  },
  "index-missing": {
    severity: "error",
    title: "transcripts are there, but their index is not",
    explanation:
      "A store without its index is damaged, not empty: nothing says which transcript belongs to which session. OpenClaw starts an empty index, and its next cleanup deletes the old transcripts.",
    remedy:
      "Do not run OpenClaw on this store. `sessionsmith repair --index` shows which rows can be made of backups and transcripts; with `--apply` it is done.",
  },
  "index-explains-too-little": {
    severity: "error",
    title: "most transcripts belong to no row of the index",
    explanation:
      "More than half of the transcripts, and more than 20, are neither named by a row nor of a known origin. So it is the index that is to be doubted: it was emptied, or belongs to another directory. OpenClaw's cleanup deletes such transcripts once they are old enough; here no file leaves such a store.",
    remedy:
      "`sessionsmith repair --index` shows which rows come back from backups, and which can be made of the transcripts; with `--apply` it is done.",
  },
  "index-duplicate-key": {
    severity: "warning",
    title: "a session key is in the index more than once, with equal rows",
    explanation:
      "JSON lets the last row of a key count. This one stands before it, has the same value, and is kept without being counted. The place is that of this row; `countedOffset` is where the row that counts starts.",
    remedy: "Nothing is lost while both are there. `sessionsmith repair --index` takes the others out.",
  },
  "index-duplicate-key-conflict": {
    severity: "error",
    title: "a session key is in the index more than once, with different rows",
    explanation:
      "JSON lets the last row of a key count, and whoever rewrites the index drops the others. Nobody can tell which row was meant, so all of them are kept byte for byte, and the key is not judged. The place is that of an earlier row; `countedOffset` is where the last one starts.",
    remedy:
      "`sessionsmith repair --index` lets the freshest row keep the key; one of another session goes on under a key of its own. Or compare the rows and remove all but one by hand while no gateway runs.",
  },
  "row-not-object": {
    severity: "warning",
    title: "the value of a session key is not an object",
    explanation: `A row is an object; this value says nothing about a session. ${keptAsItIs}`,
    remedy: byHand,
  },
  "row-too-deep": {
    severity: "warning",
    title: "a row is nested deeper than 256 levels",
    explanation: `Such a value can be read by JSON.parse but not always be written again. ${keptAsItIs}`,
    remedy: byHand,
  },
  "row-key-too-long": {
    severity: "warning",
    title: "a session key is longer than 1024 bytes",
    explanation: `No session key is that long. The key is shown by its length and sha256. ${keptAsItIs}`,
    remedy: byHand,
  },
  "row-too-large": {
    severity: "warning",
    title: "a row is larger than 64 MiB",
    explanation: `A row that large is not loaded. ${keptAsItIs}`,
    remedy: byHand,
  },
  "row-lone-surrogate": {
    severity: "warning",
    title: "a row holds half of a surrogate pair",
    explanation: `An escape such as \\ud800 without its other half is no character: it has no UTF-8, so no file can be named by it and most programs replace it. ${keptAsItIs}`,
    remedy: byHand,
  },
  "row-number-inexact": {
    severity: "warning",
    title: "a row holds a number that does not survive being read",
    explanation: `The number has more digits, or is larger or smaller, than a double can hold: reading and writing it makes another number of it. ${keptAsItIs}`,
    remedy: byHand,
  },
} as const satisfies Record<string, FindingMeaning>;
