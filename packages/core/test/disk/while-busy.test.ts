import { expect, test } from "vitest";
import { systemBusyRules, whileBusy } from "../../src/disk/while-busy.ts";

/** Does something that fails with these errors, one after the other, and then works; tells what was waited for. */
function attempt(errnos: readonly string[], waitsMs = [5, 10, 20]) {
  const left = [...errnos];
  const waited: number[] = [];
  let done = 0;
  const act = () => {
    const code = left.shift();
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    done += 1;
  };
  let thrown: unknown;
  try {
    whileBusy(act, { waitsMs, wait: (ms) => waited.push(ms) });
  } catch (error) {
    thrown = error;
  }
  return { thrown, waited, done };
}

test("what is open elsewhere is tried again, longer and longer", () => {
  expect(attempt(["EBUSY", "EPERM"])).toEqual({ thrown: undefined, waited: [5, 10], done: 1 });
});

test("and given up in the end", () => {
  const { thrown, waited, done } = attempt(["EBUSY", "EBUSY", "EBUSY", "EPERM"]);
  expect(thrown).toMatchObject({ code: "EPERM" });
  expect([waited, done]).toEqual([[5, 10, 20], 0]);
});

test("any other error is thrown at once", () => {
  expect(attempt(["EACCES"])).toMatchObject({ thrown: { code: "EACCES" }, waited: [], done: 0 });
});

test("only Windows has such files", () => {
  expect(attempt(["EBUSY"], [])).toMatchObject({ thrown: { code: "EBUSY" }, waited: [] });
  expect(systemBusyRules.waitsMs.length > 0).toBe(process.platform === "win32");
});
