import { describe, expect, test } from "vitest";
import { foldKeyCase, foldSessionKey } from "../../src/keys/fold-key-case.ts";

describe("foldKeyCase", () => {
  test.each([
    ["everything is lower case", "Agent:Main:Telegram:Group:AbC", "agent:main:telegram:group:abc"],
    ["a Signal group id keeps its case", "Agent:Ops:Signal:Group:AbC1=", "agent:ops:signal:group:AbC1="],
    ["so does one without an agent", "SIGNAL:group:AbC1=", "signal:group:AbC1="],
    [
      "but not the thread behind it",
      "agent:ops:signal:group:AbC:Thread:XyZ",
      "agent:ops:signal:group:AbC:thread:xyz",
    ],
    ["nor white space around it", "agent:ops:signal:group: AbC ", "agent:ops:signal:group:AbC"],
    ["a Signal peer is folded", "agent:ops:signal:direct:AbC", "agent:ops:signal:direct:abc"],
    [
      "a Matrix room keeps its case",
      "Agent:Main:Matrix:Channel:!RoomA:Ex.Org",
      "agent:main:matrix:channel:!RoomA:Ex.Org",
    ],
    ["as a group", "agent:main:matrix:group:!RoomA", "agent:main:matrix:group:!RoomA"],
    ["without an agent", "Matrix:Channel:!RoomA:Ex.Org", "matrix:channel:!RoomA:Ex.Org"],
    [
      "with the thread id, not the word",
      "agent:main:matrix:channel:!R:S:Thread:$Ev",
      "agent:main:matrix:channel:!R:S:thread:$Ev",
    ],
    [
      "only the last such word",
      "agent:main:matrix:channel:!R:Thread:A:THREAD:B",
      "agent:main:matrix:channel:!R:Thread:A:thread:B",
    ],
    [
      "a room called thread is no thread",
      "agent:main:matrix:channel:Thread:A",
      "agent:main:matrix:channel:Thread:A",
    ],
    [
      "a Matrix person is folded",
      "agent:main:matrix:direct:@Bob:Ex.Org",
      "agent:main:matrix:direct:@bob:ex.org",
    ],
    [
      "a room of another channel too",
      "agent:main:slack:channel:C1:thread:ABC",
      "agent:main:slack:channel:c1:thread:abc",
    ],
    ["Matrix counts only as the channel", "agent:main:x:matrix:channel:!R", "agent:main:x:matrix:channel:!r"],
    ["letters whose lower case depends on the next", "agent:main:ΑΣ:Β", "agent:main:ασ:β"],
  ])("%s", (_, key, folded) => {
    expect(foldKeyCase(key.split(":")).join(":")).toBe(folded);
  });

  test("nothing stays nothing", () => {
    expect(foldKeyCase([])).toEqual([]);
  });
});

test("foldSessionKey keeps empty segments, and takes white space around the key away", () => {
  expect(foldSessionKey(" Agent:Main::Signal:Group:AbC ")).toBe("agent:main::signal:group:AbC");
  expect(foldSessionKey("MAIN")).toBe("main");
  expect(foldSessionKey("")).toBe("");
});
