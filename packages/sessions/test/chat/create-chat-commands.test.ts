import { tree, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { type ChatCommandOptions, createChatCommands } from "../../src/chat/create-chat-commands.ts";
import type { SessionManagerOptions } from "../../src/manager/create-session-manager.ts";
import { managedStore } from "../manager/managed-store.ts";

const ann = { userId: "ann", channelId: "telegram" };
const bob = { userId: "bob", channelId: "telegram" };

/** A chat in which Ann has said something. */
async function chat(options?: ChatCommandOptions) {
  const store = managedStore();
  const manager = store.open();
  const commands = createChatCommands(manager, options);
  const session = await manager.getOrCreateSession(ann);
  await manager.addMessage({ sessionId: session.id, role: "user", content: "hello" });
  await manager.addMessage({
    sessionId: session.id,
    role: "assistant",
    content: "hi",
    usage: { inputTokens: 5, outputTokens: 2 },
  });
  const say = async (line: string, author: object = ann) => (await commands.handle(line, author))?.text;
  return { ...store, manager, commands, session, say };
}

test("what is no command is left to the model", async () => {
  const { commands } = await chat();
  expect(await commands.handle("hello", ann)).toBeUndefined();
});

test("what is wrong is answered with how it is written", async () => {
  const { commands } = await chat();
  expect(await commands.handle("/history x", ann)).toEqual({
    ok: false,
    command: undefined,
    text: "Usage: /history [export | clear]",
  });
});

test.each(["/new", "/reset"])("%s begins a session, and keeps the former one", async (line) => {
  const { say, manager, session, files } = await chat();
  const { id: none } = await manager.getOrCreateSession(bob);
  const text = await say(line);
  const { id } = await manager.getOrCreateSession(ann);
  expect(id).not.toBe(session.id);
  expect(text).toBe(`New session ${id}. The former one, with 2 messages, is kept as an archive.`);
  expect(Object.keys(files()).some((name) => name.startsWith(`${session.id}.jsonl.reset.`))).toBe(true);
  expect((await manager.getOrCreateSession(bob)).id).toBe(none);
  expect(await say(line, { ...ann, userId: "carl" })).toMatch(/^New session [0-9a-f-]{36}\.$/);
});

test("/session tells about the session", async () => {
  const { say, session } = await chat();
  expect(await say("/session")).toBe(
    [
      `Session: ${session.id}`,
      "Key: agent:main:telegram:direct:ann",
      "Scope: per-channel-peer",
      "Created: 2026-11-20 12:00 (UTC)",
      "Messages: 2",
      "Last activity: 2026-11-20 12:00 (UTC)",
      "Tokens: 5 in, 2 out",
      "Next reset: only by hand",
      "Encrypted: no",
    ].join("\n"),
  );
  await say("/session idle-reset 30");
  expect(await say("/session")).toContain("Next reset: 2026-11-20 12:30 (UTC), idle");
  expect(await say("/session", bob)).toBe("There is no session yet; one begins with the first message.");
});

test("/session list shows the ten newest sessions of a person, and nobody else's", async () => {
  const { say, manager, clock } = await chat();
  for (let n = 0; n < 11; n += 1) {
    clock.nowMs += 60_000;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await manager.getOrCreateSession({ ...ann, channelId: `c${n}` });
  }
  await manager.getOrCreateSession(bob);
  const lines = (await say("/session list"))?.split("\n") ?? [];
  expect(lines).toHaveLength(10);
  expect(lines[0]).toMatch(/ {2}agent:main:c10:direct:ann {2}0 messages, 2026-11-20 12:11 \(UTC\)$/);
  expect(lines.join("\n")).not.toContain("bob");
});

describe("settings", () => {
  test("are changed for the store, and the answer names what they are then", async () => {
    const { say, manager, open } = await chat();
    expect(await say("/session scope channel")).toBe(
      "Scope: per-channel-peer. It counts for new sessions; those that are there stay as they are.",
    );
    expect(await say("/session scope peer")).toMatch(/^Scope: per-peer\./);
    expect(await say("/session reset-time 00:00")).toBe("Resets: daily reset at 00:00 (UTC), no idle reset.");
    expect(await say("/session idle-reset 1")).toBe(
      "Resets: daily reset at 00:00 (UTC), reset after 1 minute idle.",
    );
    expect(await open().getSettings()).toMatchObject({ scope: "per-peer", idleMinutes: 1 });
    expect(await say("/session reset-time off")).toBe("Resets: no daily reset, reset after 1 minute idle.");
    expect((await manager.getOrCreateSession(ann)).key).toBe("agent:main:direct:ann");
  });

  test.each(["/session reset-time 25", "/session idle-reset 0", "/session idle-reset soon"])(
    "%s is refused",
    async (line) => {
      const { commands, manager } = await chat();
      const before = await manager.getSettings();
      expect(await commands.handle(line, ann)).toMatchObject({
        ok: false,
        text: expect.stringMatching(/is not a/),
      });
      expect(await manager.getSettings()).toEqual(before);
    },
  );
});

describe("checkpoints", () => {
  test("are saved, listed, restored and deleted", async () => {
    const { say, manager, session } = await chat();
    expect(await say("/checkpoint list")).toBe("There are no checkpoints of this session.");
    const saved = await say('/checkpoint save "before refactor"');
    const [checkpoint] = await manager.listCheckpoints(session.id);
    expect(saved).toBe(`Saved 2 messages as checkpoint ${checkpoint?.id} (before refactor).`);
    expect(await say("/checkpoint list")).toBe(
      `${checkpoint?.id}  before refactor  2 messages, 2026-11-20 12:00 (UTC)`,
    );
    await say("/history clear");
    expect(await say(`/checkpoint restore ${checkpoint?.id.slice(0, 8)}`)).toBe(
      `Restored checkpoint ${checkpoint?.id} (before refactor): 2 messages. What was there is kept as a backup.`,
    );
    expect((await manager.getHistory(session.id)).map(({ content }) => content)).toEqual(["hello", "hi"]);
    expect(await say(`/checkpoint delete ${checkpoint?.id}`)).toBe(
      `Deleted checkpoint ${checkpoint?.id} (before refactor).`,
    );
    expect(await manager.listCheckpoints(session.id)).toEqual([]);
  });

  test("of others can't be reached", async () => {
    const { commands, manager, session } = await chat();
    const { id } = await manager.saveCheckpoint({ sessionId: session.id, name: "mine" });
    await manager.getOrCreateSession(bob);
    for (const line of [`/checkpoint restore ${id}`, `/checkpoint delete ${id}`])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await commands.handle(line, bob)).toMatchObject({ ok: false });
    expect(await manager.listCheckpoints(session.id)).toHaveLength(1);
  });
});

test("/history shows, exports and clears", async () => {
  const { say, manager, session } = await chat();
  expect(await say("/history")).toBe("User: hello\n\nAssistant: hi\n");
  expect(await say("/history export")).toBe("# Session\n\n## User\n\nhello\n\n## Assistant\n\nhi\n");
  expect(await say("/history clear")).toBe("Cleared 2 messages. The session goes on; a backup was kept.");
  expect(await say("/history")).toBe("This session has no messages yet.");
  expect((await manager.getOrCreateSession(ann)).id).toBe(session.id);
});

test("who may not use a command changes nothing", async () => {
  const asked: string[] = [];
  const { say, manager } = await chat({
    allow: (command, { userId }) => {
      asked.push(`${userId}: ${command}`);
      return !command.startsWith("session ") || userId === "bob";
    },
  });
  expect(await say("/session scope main")).toBe("You may not use /session scope here.");
  expect(await manager.getSettings()).toMatchObject({ scope: "per-channel-peer" });
  expect(await say("/session scope peer", bob)).toMatch(/per-peer/);
  expect(asked).toEqual(["ann: session scope", "bob: session scope"]);
});

/** A chat whose bundles go into a workspace, if that is approved. */
async function exporting(isApproved: boolean, options: SessionManagerOptions = {}) {
  const store = managedStore();
  writeTree(store.fs, "/home/user", { w: { directory: true } });
  const manager = store.open(options);
  const { id } = await manager.getOrCreateSession(ann);
  await manager.addMessage({
    sessionId: id,
    role: "user",
    content: "hello, my key is sk-abcdefghijklmnopqrstuvwx",
  });
  const approve = () => isApproved;
  const commands = createChatCommands(manager, { trajectory: { approve, workspaceDir: "/home/user/w" } });
  return { ...store, id, manager, commands, say: (line: string) => commands.handle(line, ann) };
}

describe("/export-trajectory without a function of the host's", () => {
  const exportsDir = "/home/user/w/.openclaw/trajectory-exports";

  test("writes the bundle of the command into the workspace once it is approved", async () => {
    const { say, fs, id, files } = await exporting(true);
    const before = files();
    expect(await say("/export-trajectory bug-7")).toEqual({
      ok: true,
      command: "export-trajectory",
      text: "Written: .openclaw/trajectory-exports/bug-7, with 1 event.",
    });
    const written = tree(fs, `${exportsDir}/bug-7`);
    expect([...written.keys()]).toEqual(["events.jsonl", "manifest.json", "session-branch.json"]);
    const events = written.get("events.jsonl")?.bytes?.toString("utf8") ?? "";
    expect(JSON.parse(events)).toMatchObject({ sessionId: id, type: "user.message" });
    expect(events).toContain("hello");
    expect(events).not.toContain("sk-abcdefghijklmnopqrstuvwx");
    expect(files()).toEqual(before);
    expect(await say("/export-trajectory")).toMatchObject({
      ok: true,
      text: expect.stringMatching(/^Written: \S+\/openclaw-trajectory-[\w-]+, with 1 event\.$/),
    });
  });

  test("writes nothing if it is not approved", async () => {
    const { say, fs } = await exporting(false);
    expect(await say("/export-trajectory bug-7")).toMatchObject({
      ok: false,
      text: "That was not approved.",
    });
    expect(fs.lstat("/home/user/w/.openclaw")).toBeUndefined();
  });

  test.each(["../up", "a/b", ".hidden", "/abs", "a\\\\b", "x".repeat(101)])(
    "takes %j for no name",
    async (name) => {
      const { say, fs } = await exporting(true);
      const reply = await say(`/export-trajectory "${name}"`);
      expect(reply).toMatchObject({ ok: false, text: expect.stringContaining("is no name for a bundle") });
      expect(fs.lstat("/home/user/w/.openclaw")).toBeUndefined();
    },
  );

  test("never writes over a bundle, and never an encrypted session in any form", async () => {
    const { say } = await exporting(true);
    await say("/export-trajectory one");
    expect(await say("/export-trajectory one")).toMatchObject({
      ok: false,
      text: "There is a bundle of the name one already. Give another name.",
    });
    const closed = await exporting(true, { encryptTranscripts: true, encryptionKey: "a".repeat(64) });
    expect(await closed.say("/export-trajectory one")).toMatchObject({
      ok: false,
      text: expect.stringContaining("is encrypted"),
    });
    expect(closed.fs.lstat("/home/user/w/.openclaw")).toBeUndefined();
  });
});

test("/export-trajectory asks before anything is read, and writes only what was approved", async () => {
  const { say, manager, session } = await chat();
  expect(await say("/export-trajectory x")).toBe(
    "Nobody here can approve that a conversation is written out.",
  );
  const calls: unknown[] = [];
  const commands = createChatCommands(manager, {
    trajectory: {
      approve: ({ name, author }) => {
        calls.push(["approve", name, author]);
        return name === "good";
      },
      write: (request) => {
        calls.push(["write", request.name, request.session.id]);
        return "exports/good";
      },
    },
  });
  expect(await commands.handle("/export-trajectory", ann)).toMatchObject({
    ok: false,
    text: "That was not approved.",
  });
  expect(await commands.handle("/export-trajectory good", ann)).toMatchObject({
    ok: true,
    text: "Written: exports/good",
  });
  expect(calls).toEqual([
    ["approve", undefined, ann],
    ["approve", "good", ann],
    ["write", "good", session.id],
  ]);
});
