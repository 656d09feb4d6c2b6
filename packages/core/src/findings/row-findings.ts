import type { FindingMeaning } from "./finding-meaning.ts";

/** Findings on the fields of one row. */
export const rowFindings = {
  "entry-field-type": {
    severity: "warning",
    title: "a field of a row has the wrong type",
    explanation:
      "The value of this field is not of the type that OpenClaw documents. OpenClaw may remove it at its next save. Here the field counts as absent; the row keeps it as it is.",
    remedy: "Look the field up in the index and give it a value of the expected type, or remove it.",
  },
  "entry-enum-unknown": {
    severity: "info",
    title: "a field of a row holds a word that is not documented",
    explanation:
      "The field usually holds one of a few words, and this one is not among them. A newer program may have written it. It is read and kept as it stands.",
    remedy:
      "Nothing has to be done. If the word is a slip of the pen, set the field to one of the documented words.",
  },
  "session-id-missing": {
    severity: "warning",
    title: "a row has no session id",
    explanation:
      "Without a session id a row leads to a transcript only through its `sessionFile`. OpenClaw gives it a new id when it is next used, and the old conversation is then no longer reached.",
    remedy:
      "If you know which transcript belongs to the session, set `sessionId` to the id in that file's header.",
  },
  "session-id-invalid": {
    severity: "error",
    title: "a session id is not allowed, and OpenClaw drops the whole row",
    explanation:
      "A session id starts with a letter or digit and goes on with letters, digits and . _ : @ -, at most 255 characters. When OpenClaw loads the index it leaves a row with any other id out, and at its next save the row is gone. Nothing was changed.",
    remedy: "Before OpenClaw next runs, rename the transcript to an allowed id and set `sessionId` to it.",
  },
  "session-id-not-a-file-name": {
    severity: "error",
    title: "a session id can't name a transcript, and there is no `sessionFile`",
    explanation:
      "The id is allowed in a row, but not as the name of a transcript (letters, digits and . _ -, at most 128 characters, not shaped like a checkpoint). OpenClaw removes such an id when it loads the row, so the conversation is no longer reached. Nothing was changed.",
    remedy:
      "Set `sessionFile` to the name of the transcript, or give the session another id and rename the transcript.",
  },
  "updated-at-missing": {
    severity: "warning",
    title: "a row has no time of its last update",
    explanation: "The age of the row is unknown. Rows of unknown age are kept, whatever the limits say.",
    remedy: "Use the session once, or set `updatedAt` to epoch milliseconds.",
  },
  "updated-at-unit": {
    severity: "warning",
    title: "the time of the last update is not in milliseconds",
    explanation:
      "The time is in seconds, in microseconds, or an ISO 8601 text. It is understood here, but OpenClaw takes the number for milliseconds and a text for 0, so to OpenClaw the row is decades old or from the far future.",
    remedy: "Set `updatedAt` to the same moment in epoch milliseconds before OpenClaw's next cleanup.",
  },
  "updated-at-unknown": {
    severity: "warning",
    title: "the time of the last update can't be understood",
    explanation:
      "The value is zero, negative, a time without a zone, or no time at all. The age of the row is unknown, and rows of unknown age are kept. OpenClaw takes such a value for 0.",
    remedy: "Set `updatedAt` to epoch milliseconds.",
  },
  "entry-legacy-field": {
    severity: "info",
    title: "a field of a row has its old name",
    explanation:
      "An early release wrote this name. OpenClaw still reads it and renames the field when it loads the row.",
    remedy: "Nothing has to be done.",
  },
  "entry-snake-case": {
    severity: "error",
    title: "a row is spelled as openclaw-python writes it",
    explanation:
      "The field names are in snake_case. OpenClaw finds neither session id nor time in such a row, and its cleanup takes the transcript for one that nothing references. Nothing was changed.",
    remedy:
      "Do not run OpenClaw's cleanup on this store until the rows are converted: `sessionsmith repair --dialect` does it.",
  },
  "entry-spelling-conflict": {
    severity: "warning",
    title: "a field stands in a row in two spellings, with two values",
    explanation:
      "The row holds the field in camelCase and in snake_case, and the values differ. The conversion can't tell which one counts, so it kept both as they are.",
    remedy: "Compare the two and remove the one that is out of date.",
  },
  "dm-peers-not-linked": {
    severity: "warning",
    title: "a direct message would get a key that is, or may be, another peer's",
    explanation:
      "Under the present `session.dmScope` this session would get the same key as one of another peer, or it can't be told whose it is. Under one key each could read what the other wrote, so the sessions stay under the keys that they have. OpenClaw adds nothing more to a session under an old key.",
    remedy:
      'If the peers are one person, list them in `session.identityLinks`, as in `{"ann": ["telegram:123", "signal:+1555"]}`, and run `sessionsmith cleanup --rescope` again.',
  },
  "key-not-canonical": {
    severity: "warning",
    title: "a session key is not the one that OpenClaw looks for",
    explanation:
      "The key is spelled in another case, has no agent, is an older name of the main session, or says `dm` where it is `direct` now. OpenClaw may find the row by an alias, begin a new session beside it, or at an update keep one of several rows and drop the others. `wanted` is the key that it looks for.",
    remedy:
      "`sessionsmith repair --keys` gives the row its key. Where two rows meet, the freshest has it, and another session goes on under a key of its own.",
  },
  "key-wrong-store": {
    severity: "warning",
    title: "a row is in the store of another agent",
    explanation:
      "The key belongs to one agent and the store to another, so OpenClaw does not find the session when it looks in the store of the agent.",
    remedy:
      "`sessionsmith repair --keys` brings the row and its files to the store of its agent. If the agent has got another id, name both: `--rename-agent old=new`.",
  },
  "skills-prompt-inline": {
    severity: "info",
    title: "a row holds a prompt that OpenClaw keeps in a file",
    explanation:
      "`skillsSnapshot.prompt` is long, and usually the same in many rows. OpenClaw 2026.5.28 keeps such a text once, under its hash, when it next writes the row. Until then every change of the index writes it anew.",
    remedy: "`sessionsmith repair --slim` does it for all rows, and shows the bytes that it saves.",
  },
  "prompt-report-stale": {
    severity: "info",
    title: "a row holds a report on a system prompt that is no longer of use",
    explanation:
      "`systemPromptReport` tells of another session, or of a run more than a day ago. OpenClaw makes a new one at each run. These reports are often the largest part of an index.",
    remedy: "`sessionsmith repair --slim` drops it, and shows the bytes that it saves.",
  },
  "entry-ephemeral-field": {
    severity: "info",
    title: "a row holds data that belongs to a running program",
    explanation:
      "`skillsSnapshot.resolvedSkills` is never meant to be saved. OpenClaw removes it; until then it only takes space.",
    remedy: "Nothing has to be done.",
  },
} as const satisfies Record<string, FindingMeaning>;
