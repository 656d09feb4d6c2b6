import type { DamagedStore } from "./damaged-store.ts";
import { pythonStore } from "./python-store.ts";
import { called, header, lines, replied, result, said } from "./transcript-text.ts";

const one = "11111111-1111-4111-8111-111111111111";
const two = "22222222-2222-4222-8222-222222222222";
const oneFile = `${one}.jsonl`;
const atMs = Date.UTC(2026, 10, 19, 10);
const oneRow = { sessionId: one, updatedAt: atMs };
const talk = [
  said("0a000001", null),
  replied("0a000002", "0a000001"),
  said("0a000003", "0a000002"),
  replied("0a000004", "0a000003"),
] as const;
const [ask, reply, askAgain, replyAgain] = talk;
const sound = lines(header(one), ...talk);
const withCall = [said("0b000001", null), called("0b000002", "0b000001", "call_1", "call_2")] as const;
const compacted = lines(askAgain, replyAgain);

/** A store in which only the transcript of session `one` is damaged. */
function transcript(what: string, content: string | Buffer, more: Partial<DamagedStore> = {}): DamagedStore {
  return { what, ...more, files: { [oneFile]: content, ...more.files } };
}

/** Every store with damaged transcripts; what is wrong with each is read from its name. */
export const transcriptCases: Readonly<Record<string, DamagedStore>> = {
  "transcript-torn-tail": transcript(
    "the last write was interrupted",
    `${lines(header(one), ask, reply)}${askAgain.slice(0, 60)}`,
  ),
  "transcript-torn-in-character": transcript(
    "the last write was interrupted in the middle of a character",
    Buffer.concat([
      Buffer.from(lines(header(one), ask, reply)),
      Buffer.from(said("0a000003", "0a000002", "Grüße")).subarray(0, 116),
    ]),
  ),
  "transcript-no-last-line-end": transcript(
    "the last record is whole, but its line end is missing",
    sound.trimEnd(),
  ),
  "transcript-nul-tail": transcript("a power cut left zeros at the end", `${sound}${"\0".repeat(64)}`),
  "transcript-record-then-nul": transcript(
    "zeros follow a whole record without a line end",
    `${sound.trimEnd()}${"\0".repeat(16)}`,
  ),
  "transcript-torn-then-nul": transcript(
    "zeros follow a record that was cut off",
    `${lines(header(one), ask, reply)}${askAgain.slice(0, 80)}${"\0".repeat(16)}`,
  ),
  "transcript-nul-before-record": transcript(
    "zeros stand before a record that was appended later",
    lines(header(one), ask, `${"\0".repeat(16)}${reply}`, askAgain, replyAgain),
  ),
  "transcript-nul-line": transcript(
    "a line of zeros in the middle",
    lines(header(one), ask, reply, "\0".repeat(32), askAgain, replyAgain),
  ),
  "transcript-nul-only": transcript("nothing but zeros", "\0".repeat(128)),
  "transcript-empty": transcript("the file is empty", ""),
  "transcript-blank": transcript("there are only blank lines", "\n  \n\n"),
  "transcript-glued": transcript(
    "two records share a line",
    lines(header(one), ask, `${reply}${askAgain}`, replyAgain),
  ),
  "transcript-glued-three": transcript(
    "three records share the last line, which has no end",
    `${lines(header(one), ask)}${reply}${askAgain} ${replyAgain}`,
  ),
  "transcript-glued-to-torn": transcript(
    "a record was appended to one that was cut off",
    lines(header(one), ask, `${reply.slice(0, 90)}${said("0a000003", "0a000001")}`),
  ),
  "transcript-glued-header": transcript(
    "header and first record share a line",
    lines(`${header(one)}${ask}`, reply, askAgain, replyAgain),
  ),
  "transcript-no-header": transcript("the header is gone", lines(...talk)),
  "transcript-no-header-known-directory": transcript(
    "the header is gone, and the row knows the directory",
    lines(...talk),
    {
      rows: {
        "agent:main:main": {
          ...oneRow,
          spawnedCwd: "/home/user/spawned",
          spawnedBy: "agent:main:x",
          sessionStartedAt: atMs,
        },
      },
    },
  ),
  "transcript-damaged-header": transcript("the header is cut off", lines(header(one).slice(0, 70), ...talk)),
  "transcript-header-without-id": transcript(
    "the header has no id",
    lines(`{"type":"session","version":3}`, ...talk),
  ),
  "transcript-header-bad-version": transcript(
    "the version of the header is no number",
    lines(header(one, { version: "three" }), ...talk),
  ),
  "transcript-header-behind": transcript(
    "the header stands behind the first record",
    lines(ask, header(one, { cwd: "/home/user/other" }), reply, askAgain, replyAgain),
  ),
  "transcript-byte-order-mark": transcript("a byte order mark stands before the header", `\uFEFF${sound}`),
  "transcript-garbage-first": transcript(
    "a line that is no record stands before the header",
    lines("made-up garbage", header(one), ...talk),
  ),
  "transcript-compacted": transcript(
    "OpenClaw's sessions.compact left the last lines without header, and the whole in an archive",
    compacted,
    {
      files: { [`${oneFile}.bak.2026-11-19T12-00-00.000Z`]: sound },
    },
  ),
  "transcript-compacted-no-archive": transcript(
    "OpenClaw's sessions.compact left the last lines without header; the archive is gone",
    compacted,
  ),
  "transcript-compacted-result": transcript(
    "sessions.compact took the call of a result",
    lines(result("0b000003", "0b000002", "call_1"), replied("0b000004", "0b000003")),
  ),
  "transcript-crlf": transcript("lines end in CR LF", sound.replaceAll("\n", "\r\n")),
  "transcript-crlf-mixed": transcript(
    "some lines end in CR LF, one in CR CR LF",
    lines(`${header(one)}\r`, ask, `${reply}\r\r`, askAgain, replyAgain),
  ),
  "transcript-not-utf8": transcript(
    "a line holds a byte of Latin-1",
    Buffer.from(
      lines(header(one), ask, replied("0a000002", "0a000001", "caf\u00e9"), askAgain, replyAgain),
      "latin1",
    ),
  ),
  "transcript-overwritten-line": transcript(
    "a line in the middle was overwritten",
    lines(header(one), ask, "x".repeat(40), replied("0a000002", "0a000001"), askAgain),
  ),
  "transcript-control-character": transcript(
    "a raw control character stands in a text",
    lines(header(one), ask, reply.replace("made-up", "made\u0001up"), askAgain, replyAgain),
  ),
  "transcript-scalars": transcript(
    "lines that are JSON, but no objects",
    lines(header(one), "null", ask, "[1]", reply, "7"),
  ),
  "transcript-record-twice": transcript(
    "a record was written twice",
    lines(header(one), ask, reply, reply, askAgain, replyAgain),
  ),
  "transcript-same-id": transcript(
    "two records have the same id",
    lines(
      header(one),
      ask,
      reply,
      said("0a000002", "0a000002", "made-up other"),
      replied("0a000005", "0a000002"),
    ),
  ),
  "transcript-lost-parent": transcript(
    "a record is gone, and the next one names it",
    lines(header(one), ask, reply, replyAgain),
  ),
  "transcript-own-parent": transcript(
    "a record names itself as its parent",
    lines(header(one), ask, replied("0a000002", "0a000002"), askAgain),
  ),
  "transcript-ring": transcript(
    "two records name each other as parents",
    lines(header(one), said("0a000001", "0a000002"), reply, askAgain),
  ),
  "transcript-parent-field-gone": transcript(
    "a record does not name its parent",
    lines(header(one), ask, reply.replace(`"parentId":"0a000001",`, ""), askAgain),
  ),
  "transcript-second-header": transcript(
    "a second header stands in the middle",
    lines(header(one), ask, reply, header(two), askAgain, replyAgain),
  ),
  "transcript-joined": transcript(
    "two transcripts were joined",
    `${lines(header(one), ask, reply)}${lines(header(two), said("0c000001", null), replied("0c000002", "0c000001"))}`,
  ),
  "transcript-call-open": transcript(
    "the run ended before the tools of the last answer",
    lines(header(one), ...withCall),
  ),
  "transcript-call-open-one-of-two": transcript(
    "one of two calls has no result, and the talk went on",
    lines(
      header(one),
      ...withCall,
      result("0b000003", "0b000002", "call_2"),
      replied("0b000004", "0b000003"),
    ),
  ),
  "transcript-call-torn-result": transcript(
    "the result of a call was cut off",
    `${lines(header(one), ask, called("0b000002", "0a000001", "call_1"))}${result("0b000003", "0b000002", "call_1").slice(0, 100)}`,
  ),
  "transcript-topic": transcript("the transcript of a topic lost its header", sound, {
    rows: {
      "agent:main:telegram:group:-5:topic:7": {
        sessionId: two,
        sessionFile: `${two}-topic-7.jsonl`,
        updatedAt: atMs,
      },
      "agent:main:main": oneRow,
    },
    files: { [`${two}-topic-7.jsonl`]: lines(...talk) },
  }),
  "transcript-fork": transcript("a fork lost its header", sound, {
    rows: {
      "agent:main:main": { ...oneRow, sessionId: two, sessionFile: `2026-11-19T09-00-00-000Z_${two}.jsonl` },
      "agent:main:other": oneRow,
    },
    files: { [`2026-11-19T09-00-00-000Z_${two}.jsonl`]: lines(...talk) },
  }),
  "transcript-first-version": transcript(
    "a transcript of the first version, without ids, is torn",
    `${lines(`{"type":"session","id":"${one}","timestamp":"2026-11-19T10:00:00.000Z","cwd":"/home/user/work"}`, `{"type":"message","message":{"role":"user","content":"made-up"}}`)}{"type":"message","mess`,
  ),
  "transcript-bare-roles": transcript(
    "a list of bare messages without header",
    lines(`{"role":"user","content":"made-up"}`, `{"role":"assistant","content":"made-up"}`),
  ),
  "transcript-python": pythonStore,
  "transcript-set-aside-before": transcript(
    "it was mended before, and is torn again",
    `${sound}{"type":"mess`,
    { files: { [`${oneFile}.damaged.1`]: "made-up\n" } },
  ),
  "transcript-of-others": transcript("files of other programs lie beside a torn transcript", `${sound}{"ty`, {
    files: { "events.jsonl": `{"level":"info"}\n{"level":`, "notes.jsonl": "made-up notes\n" },
  }),
  "transcript-several": {
    what: "three transcripts are damaged, each in another way",
    rows: {
      "agent:main:main": oneRow,
      "agent:main:telegram:direct:5": { sessionId: two, updatedAt: atMs },
      "agent:main:cron:nightly": { sessionId: "three", updatedAt: atMs },
    },
    files: {
      [oneFile]: `${sound}{"ty`,
      [`${two}.jsonl`]: lines(said("0c000001", null)),
      "three.jsonl": lines(header("three"), `${said("0d000001", null)}${replied("0d000002", "0d000001")}`),
    },
  },
  "transcript-everything": transcript(
    "header cut off, records glued, a line in Latin-1, CR LF, a record twice, a lost parent, a second header, an open call, a torn tail and zeros",
    Buffer.concat([
      Buffer.from(lines(header(one).slice(0, 50), `${ask}${reply}`, `${askAgain}\r`, askAgain), "utf8"),
      Buffer.from(lines(replied("0a000004", "0a000003", "caf\u00e9")), "latin1"),
      Buffer.from(
        `${lines(said("0a000005", "0a000004"), header(two), called("0a000006", "0a000005", "call_1"))}{"type":"me`,
      ),
      Buffer.alloc(16),
    ]),
  ),
  "transcript-and-index-cut": transcript("index and transcript were both cut off", `${sound}{"type":"mess`, {
    rows: `{\n  "agent:main:main": {\n    "sessionId": "${one}",\n    "updatedAt": ${atMs}\n  },\n  "agent:main:telegram:direct:5": {\n    "sessionId": "${two}",\n    "upd`,
    files: { [`${two}.jsonl`]: lines(header(two), said("0c000001", null), replied("0c000002", "0c000001")) },
  }),
  "transcript-and-index-gone": transcript(
    "the index is gone, and a transcript lost its header",
    lines(...talk),
    {
      rows: "",
      files: {
        [`${two}.jsonl`]: lines(header(two), said("0c000001", null), replied("0c000002", "0c000001")),
      },
    },
  ),
};
