import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agedRow, useStore } from "../used-store.ts";

const store = useStore();
const metrics = (): string => join(store.state().path, "cleanup.prom");

describe("--quiet", () => {
  test("prints one line for a store that changed, and nothing when there is nothing to do", async () => {
    const first = await store.run(["cleanup", "--enforce", "--quiet"]);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/^main: 4 -> 2 sessions \(2 stale\)[^\n]*; operation \S+\n$/);
    expect(await store.run(["cleanup", "--enforce", "--quiet"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("a preview is shown whole", async () => {
    expect((await store.run(["cleanup", "--dry-run", "--quiet"])).stdout).toContain(
      "Planned session actions:",
    );
  });
});

describe("--metrics-file", () => {
  test("writes the numbers of a run, for each reason", async () => {
    expect((await store.run(["cleanup", "--enforce", "--quiet", "--metrics-file", metrics()])).status).toBe(
      0,
    );
    const text = readFileSync(metrics(), "utf8");
    const labels = `agent="main",store="${store.at("sessions.json")}"`;
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        `sessionsmith_cleanup_success{${labels}} 1`,
        `sessionsmith_cleanup_sessions_before{${labels}} 4`,
        `sessionsmith_cleanup_sessions_after{${labels}} 2`,
        `sessionsmith_cleanup_removed_sessions{${labels},reason="stale"} 2`,
        `sessionsmith_cleanup_removed_sessions{${labels},reason="cap"} 0`,
        `sessionsmith_cleanup_applied{${labels}} 1`,
      ]),
    );
    expect(text).toMatch(/^sessionsmith_cleanup_timestamp_seconds \d+/m);
  });

  test("every metric has its help, its type and the same name", async () => {
    await store.run(["cleanup", "--dry-run", "--metrics-file", metrics()]);
    const lines = readFileSync(metrics(), "utf8").trimEnd().split("\n");
    const helped = lines.flatMap((line) => /^# HELP (\S+) \S/.exec(line)?.slice(1) ?? []);
    const typed = lines.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.slice(1) ?? []);
    const sampled = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(/[{ ]/)[0]);
    expect(typed).toEqual(helped);
    expect([...new Set(sampled)]).toEqual(helped);
  });

  test("a store that can't be read is told as failed", async () => {
    store.state().write("agents/main/sessions/sessions.json", "{");
    const argv = ["cleanup", "--enforce", "--metrics-file", metrics(), "--force"];
    expect((await store.run(argv)).status).toBe(12);
    const failed = readFileSync(metrics(), "utf8");
    expect(failed).toContain("\nsessionsmith_cleanup_exit_status 12\n");
    expect(failed).toMatch(/^sessionsmith_cleanup_success\{agent="main",[^}]*\} 0$/m);
    expect(failed).toMatch(/^sessionsmith_cleanup_blocked\{agent="main",[^}]*\} 0$/m);
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "bad" }] } }`);
    store.state().write("agents/bad/sessions/sessions.json", "{");
    expect((await store.run([...argv, "--all-agents"])).status).toBe(12);
    expect(readFileSync(metrics(), "utf8")).toMatch(/^sessionsmith_cleanup_success\{agent="bad",[^}]*\} 0$/m);
  });

  test.each([[[]], [["--all-agents"]]])(
    "a store that the mass guard holds back is told as blocked, %j",
    async (more) => {
      const many = Array.from({ length: 12 }, (_, n) => [`agent:main:direct:${n}`, agedRow(n, 40)] as const);
      store.state().writeStore("main", Object.fromEntries(many));
      store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
      store.state().writeStore("work", { "agent:work:main": agedRow(20, 1) });
      const argv = ["cleanup", "--enforce", "--metrics-file", metrics(), ...more];
      const { status } = await store.run(argv);
      const text = readFileSync(metrics(), "utf8");
      expect(text).toMatch(/^sessionsmith_cleanup_blocked\{agent="main",[^}]*\} 1$/m);
      expect(text).toMatch(/^sessionsmith_cleanup_success\{agent="main",[^}]*\} 0$/m);
      expect(text).toContain(`\nsessionsmith_cleanup_exit_status ${status}\n`);
      expect(status).toBe(more.length === 0 ? 15 : 3);
    },
  );

  test("a file that is there is refused before anything is done, and replaced with --force", async () => {
    store.state().write("cleanup.prom", "mine");
    const refused = await store.run(["cleanup", "--enforce", "--metrics-file", metrics()]);
    expect(refused).toMatchObject({ status: 15, stdout: "" });
    expect(readFileSync(metrics(), "utf8")).toBe("mine");
    expect(store.keys()).toHaveLength(4);
    const forced = await store.run(["cleanup", "--enforce", "--metrics-file", metrics(), "--force"]);
    expect(forced.status).toBe(0);
    expect(readFileSync(metrics(), "utf8")).toContain("sessionsmith_cleanup_success");
  });

  test("a directory that is not there, and one in its place, are refused before anything is done", async () => {
    const nowhere = join(store.state().path, "none", "cleanup.prom");
    expect((await store.run(["cleanup", "--enforce", "--metrics-file", nowhere])).status).toBe(10);
    mkdirSync(metrics());
    expect((await store.run(["cleanup", "--enforce", "--metrics-file", metrics(), "--force"])).status).toBe(
      15,
    );
    expect(store.keys()).toHaveLength(4);
    expect(existsSync(nowhere)).toBe(false);
  });
});
