import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { nodeProcessTable } from "../../src/disk/node-process-table.ts";

const table = nodeProcessTable();

async function untilProcSays(path: string, text: string): Promise<void> {
  await vi.waitFor(() => expect(readFileSync(path, "latin1")).toContain(text), {
    timeout: 4000,
    interval: 2,
  });
}

describe("state", () => {
  test("of this process and of one that ended", async () => {
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(child, "exit");
    expect(table.state(process.pid)).toBe("alive");
    expect(table.state(child.pid ?? 0)).toBe("dead");
  });

  test("a process that nobody waited for is dead", async () => {
    // The shell starts a child, then becomes a program that waits for nobody.
    const script = "sleep 60 & echo $!; exec sleep 60";
    const parent = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
    onTestFinished(() => {
      parent.kill();
    });
    const [output]: Buffer[] = await once(parent.stdout, "data");
    const child = Number(output?.toString());
    await untilProcSays(`/proc/${parent.pid}/comm`, "sleep");
    expect(table.state(child)).toBe("alive");
    process.kill(child);
    await untilProcSays(`/proc/${child}/stat`, ") Z ");
    expect(table.state(child)).toBe("dead");
  });

  test("EPERM means alive, any other refusal unknown", () => {
    const kill = vi.spyOn(process, "kill");
    kill.mockImplementation(() => {
      throw Object.assign(new Error("not yours"), { code: "EPERM" });
    });
    expect(table.state(process.pid)).toBe("alive");
    kill.mockImplementation(() => {
      throw Object.assign(new Error("no such call"), { code: "ENOSYS" });
    });
    expect(table.state(process.pid)).toBe("unknown");
    kill.mockRestore();
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 31])("%d is no process id, and nobody is asked", (pid) => {
    const kill = vi.spyOn(process, "kill");
    expect(table.state(pid)).toBe("unknown");
    expect(table.startTicks(pid)).toBeUndefined();
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });
});

test("start ticks are those that the system shows", () => {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ");
  expect(table.startTicks(process.pid)).toBe(Number(fields?.[19]));
});

test("names the boot and the host", () => {
  expect(table.bootId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(table.hostName).not.toBe("");
  expect(table.pid).toBe(process.pid);
});
