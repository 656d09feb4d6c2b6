import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { assertFails, type ContractCase, putText, textAt, textOf } from "./contract-case.ts";
import { nameCallsContract } from "./name-calls-contract.ts";
import { readFsContract } from "./read-fs-contract.ts";

/** What every `WriteFs` must do with open files; reading and names are told apart. */
const openFileContract: readonly ContractCase[] = [
  {
    name: "createFile makes a file with the mode and returns what its callback does",
    check: ({ fs, at }) => {
      equal(
        fs.createFile(at("file"), 0o640, (file) => file.write(Buffer.from("abc"))),
        3,
      );
      deepStrictEqual(
        [fs.lstat(at("file"))?.mode, fs.lstat(at("file"))?.nlink, textAt(fs, at("file"))],
        [0o640, 1, "abc"],
      );
    },
  },
  {
    name: "createFile leaves the file if its callback throws",
    check: ({ fs, at }) => {
      const own = new Error("own");
      throws(
        () =>
          fs.createFile(at("file"), 0o600, (file) => {
            file.write(Buffer.from("ab"));
            throw own;
          }),
        own,
      );
      equal(textAt(fs, at("file")), "ab");
    },
  },
  {
    name: "createFile takes no name that is taken, a dangling link included, and no place that is missing",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("file"), "abc");
      fs.makeDir(at("dir"), 0o700);
      symlink("none", at("link"));
      for (const name of ["file", "dir", "link"]) {
        assertFails(() => putText(fs, at(name), "x"), "EEXIST: file already exists, open", [at(name)]);
      }
      assertFails(() => putText(fs, at("none/x"), "x"), "ENOENT: no such file or directory, open", [
        at("none/x"),
      ]);
      assertFails(() => putText(fs, at("file/x"), "x"), "ENOTDIR: not a directory, open", [at("file/x")]);
      deepStrictEqual([fs.readdir(at("")), textAt(fs, at("file"))], [["dir", "file", "link"], "abc"]);
    },
  },
  {
    name: "a new file can be read, and its fact is the one at the opening",
    check: ({ fs, at }) => {
      fs.createFile(at("file"), 0o600, (file) => {
        file.write(Buffer.from("abc"));
        deepStrictEqual([textOf(file), file.fact.size, fs.lstat(at("file"))?.size], ["abc", 0, 3]);
      });
    },
  },
  {
    name: "appendFile writes at the end of an existing file",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "abc");
      fs.appendFile(at("file"), (file) => {
        equal(file.fact.size, 3);
        equal(file.write(Buffer.from("de")), 2);
        equal(file.write(new Uint8Array()), 0);
        file.write(Buffer.from("f"));
        equal(textOf(file), "abcdef");
      });
      equal(textAt(fs, at("file")), "abcdef");
    },
  },
  {
    name: "appendFile takes regular files only",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("file"), "abc");
      symlink("file", at("link"));
      const append = (name: string) => () => fs.appendFile(at(name), (file) => file.write(Buffer.from("x")));
      throws(append("link"), { code: "ELOOP", syscall: "open", path: at("link") });
      assertFails(append(""), "EISDIR: illegal operation on a directory, open", [at("")]);
      assertFails(append("none"), "ENOENT: no such file or directory, open", [at("none")]);
      equal(textAt(fs, at("file")), "abc");
    },
  },
  {
    name: "a call that fails on an open file tells the path",
    check: ({ fs, at, makeFifo }) => {
      makeFifo(at("fifo"));
      throws(() => fs.appendFile(at("fifo"), textOf), {
        message: "ESPIPE: invalid seek, read",
        code: "ESPIPE",
        path: at("fifo"),
      });
    },
  },
  {
    name: "truncate cuts, or fills with zeros, and what is appended next follows",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "abcdef");
      fs.appendFile(at("file"), (file) => {
        file.truncate(2);
        file.write(Buffer.from("x"));
        file.truncate(5);
        file.write(Buffer.from("y"));
      });
      equal(textAt(fs, at("file")), "abx\0\0y");
    },
  },
  {
    name: "mode, owner and time are set on the open file",
    check: ({ fs, at }) => {
      const mtimeNs = 1_700_000_000_123_456_000n;
      fs.createFile(at("file"), 0o600, (file) => {
        file.write(Buffer.from("abc"));
        file.setMode(0o644);
        file.setOwner(file.fact.uid, file.fact.gid);
        file.setMtime(mtimeNs);
        file.sync();
      });
      const fact = fs.lstat(at("file"));
      const offNs = (fact?.mtimeNs ?? 0n) - mtimeNs;
      equal(fact?.mode, 0o644);
      ok(offNs > -1000n && offNs < 1000n, `off by ${offNs} ns`);
    },
  },
];

/** What every `WriteFs` must do; that of `ReadFs` is part of it. */
export const writeFsContract: readonly ContractCase[] = [
  ...readFsContract,
  ...openFileContract,
  ...nameCallsContract,
];
