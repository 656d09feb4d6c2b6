import { describe, expect, test } from "vitest";
import { canonicalizeSessionKey } from "../../src/keys/canonicalize-session-key.ts";

describe("canonicalizeSessionKey", () => {
  test.each([
    ["", ""],
    [" :: ", ""],
    ["Agent:Work:Telegram:Direct:ABC", "agent:work:telegram:direct:abc"],
    ["agent:work::telegram::direct:5:", "agent:work:telegram:direct:5"],
    ["agent:work:signal:group:AbC=", "agent:work:signal:group:AbC="],
    ["agent:work:matrix:channel:!Room:S:Thread:$Ev", "agent:work:matrix:channel:!Room:S:thread:$Ev"],
    ["GLOBAL", "global"],
    ["Unknown", "unknown"],
    ["main", "agent:store:main"],
    ["agent:work:main", "agent:work:main"],
    ["agent:main:main", "agent:main:main"],
    ["+15550001", "agent:store:+15550001"],
    ["group:AbC", "agent:store:unknown:group:abc"],
    ["channel:C1", "agent:store:unknown:channel:c1"],
    ["room:R1", "agent:store:room:r1"],
    ["group:1203@g.us", "agent:store:whatsapp:group:1203@g.us"],
    ["1203@G.US", "agent:store:whatsapp:group:1203@g.us"],
    ["whatsapp:1203@g.us", "agent:store:whatsapp:group:1203@g.us"],
    ["whatsapp:group:1203@g.us", "agent:store:whatsapp:group:1203@g.us"],
    ["telegram:group:5", "agent:store:telegram:group:5"],
    ["Signal:Group:AbC", "agent:store:signal:group:AbC"],
    ["subagent:U1", "agent:store:subagent:u1"],
    ["acp:U1", "agent:store:acp:u1"],
    ["agent:", "agent:"],
    ["Agent:Work", "agent:work"],
    ["agent: :X", "agent: :x"],
    ["agent:main:dm:7", "agent:main:dm:7"],
  ])("%j in the store of agent Store is %j", (key, canonical) => {
    expect(canonicalizeSessionKey(key, { agentId: "Store" })).toBe(canonical);
  });

  test.each(["main", "Desk", "agent:store:main", "agent:store:desk"])("%j is the main session", (key) => {
    expect(canonicalizeSessionKey(key, { agentId: "store", mainKey: " Desk" })).toBe("agent:store:desk");
    expect(canonicalizeSessionKey(key, { agentId: "store", mainKey: "desk", scope: "global" })).toBe(
      "global",
    );
  });

  test("another agent's main session stays that agent's", () => {
    expect(canonicalizeSessionKey("agent:work:main", { agentId: "store", mainKey: "desk" })).toBe(
      "agent:work:desk",
    );
    expect(canonicalizeSessionKey("agent:main:main", { agentId: "store" })).toBe("agent:main:main");
  });

  test("agent:main:main means the store's agent where no agent is called main", () => {
    const options = { agentId: "store", mainKey: "desk", mainAgentMissing: true };
    expect(canonicalizeSessionKey("agent:main:main", options)).toBe("agent:store:desk");
    expect(canonicalizeSessionKey("agent:main:desk", options)).toBe("agent:store:desk");
    expect(canonicalizeSessionKey("agent:work:main", options)).toBe("agent:work:desk");
    expect(canonicalizeSessionKey("agent:main:direct:5", options)).toBe("agent:main:direct:5");
  });

  test("scope global leaves other sessions alone", () => {
    expect(canonicalizeSessionKey("agent:a:direct:5", { agentId: "a", scope: "global" })).toBe(
      "agent:a:direct:5",
    );
  });
});
