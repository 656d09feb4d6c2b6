import { expect, test } from "vitest";
import { chatUsage } from "../../src/chat/chat-command.ts";
import { parseChatLine } from "../../src/chat/parse-chat-line.ts";

test.each([
  ["/new", { name: "new" }],
  ["/reset", { name: "reset" }],
  ["  /New@my_bot ", { name: "new" }],
  ["/session", { name: "session" }],
  ["/session list", { name: "session list" }],
  ["/session scope main", { name: "session scope", scope: "main" }],
  ["/session scope channel", { name: "session scope", scope: "per-channel-peer" }],
  ["/session scope peer", { name: "session scope", scope: "per-peer" }],
  ["/session scope per-account-channel-peer", { name: "session scope", scope: "per-account-channel-peer" }],
  ["/SESSION SCOPE PER-PEER", { name: "session scope", scope: "per-peer" }],
  ["/session reset-time 00:00", { name: "session reset-time", time: "00:00" }],
  ["/session reset-time 4", { name: "session reset-time", time: "4" }],
  ["/session reset-time OFF", { name: "session reset-time", time: "off" }],
  ["/session idle-reset 30", { name: "session idle-reset", minutes: "30" }],
  ["/session idle-reset off", { name: "session idle-reset", minutes: "off" }],
  ['/checkpoint save "before refactor"', { name: "checkpoint save", checkpointName: "before refactor" }],
  ["/checkpoint save before refactor", { name: "checkpoint save", checkpointName: "before refactor" }],
  ["/checkpoint save “before refactor”", { name: "checkpoint save", checkpointName: "before refactor" }],
  ['/checkpoint save "a \\"b\\""', { name: "checkpoint save", checkpointName: 'a "b"' }],
  ["/checkpoint list", { name: "checkpoint list" }],
  ["/checkpoint restore 1234", { name: "checkpoint restore", id: "1234" }],
  ["/checkpoint delete 1234", { name: "checkpoint delete", id: "1234" }],
  ["/history", { name: "history" }],
  ["/history export", { name: "history export" }],
  ["/history clear", { name: "history clear" }],
  ["/export-trajectory", { name: "export-trajectory", bundleName: undefined }],
  ["/export-trajectory bug-7", { name: "export-trajectory", bundleName: "bug-7" }],
])("%s", (line, command) => {
  expect(parseChatLine(line)).toEqual({ state: "command", command });
});

test.each([
  ["/new x", "new"],
  ["/reset now", "reset"],
  ["/session lst", "session"],
  ["/session list all", "session"],
  ["/session scope", "session"],
  ["/session scope everybody", "session"],
  ["/session scope main main", "session"],
  ["/session reset-time", "session"],
  ["/checkpoint", "checkpoint"],
  ["/checkpoint save", "checkpoint"],
  ['/checkpoint save ""', "checkpoint"],
  ["/checkpoint restore", "checkpoint"],
  ["/checkpoint restore a b", "checkpoint"],
  ["/checkpoint undo x", "checkpoint"],
  ["/history clear all", "history"],
  ["/history x", "history"],
  ["/export-trajectory a b", "export-trajectory"],
] as const)("%s is wrong", (line, word) => {
  expect(parseChatLine(line)).toEqual({ state: "wrong", usage: chatUsage[word] });
});

test.each([
  "",
  " ",
  "hello",
  "new",
  "/",
  "/newer",
  "/help",
  "/constructor",
  "/ new",
  "say /new",
  '"/new" x y',
])("%j is no command", (line) => {
  expect(parseChatLine(line)).toBeUndefined();
});
