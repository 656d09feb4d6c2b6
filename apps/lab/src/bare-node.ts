import { dirname } from "node:path";

/** Of the sessions of `ordinaryRows`, the part that a cleanup with the rules by default takes away. */
const leavingPart = 0.6;

/** Programs for a bare Node, which do on a generated store what a cleanup is measured against. */
export interface BarePrograms {
  /** The floor: reads the index and looks at every file. */
  readonly look: string;
  /**
   * Makes the calls that a preview can't do without, and decides nothing: the index is hashed and parsed, every file looked at with
   * the exact times and inodes that it is known again by, and the headers read of the transcripts that stay, which may name a parent.
   */
  readonly lookCarefully: string;
  /** What a program without any safety would do: look, write and sync the index, rename the transcripts that leave, sync. */
  readonly clean: string;
  /**
   * The same with the calls that never lose a file, and nothing decided: a careful look, a synced journal, and for each file four
   * looks, a second name, and then the first one away.
   */
  readonly cleanCarefully: string;
}

/** @param index path of the index of a store that `generateStore` made with `ordinaryRows` */
export function barePrograms(index: string): BarePrograms {
  const open = `
    const fs = require("node:fs");
    const index = ${JSON.stringify(index)}, dir = ${JSON.stringify(dirname(index))};
    const bytes = fs.readFileSync(index);
    const names = fs.readdirSync(dir);
    const look = (name) => fs.lstatSync(dir + "/" + name, { bigint: true });
    const sync = (path) => { const fd = fs.openSync(path); fs.fsyncSync(fd); fs.closeSync(fd); };
    const writeIndex = () => {
      fs.writeFileSync(index + ".new", bytes.subarray(0, bytes.length * ${1 - leavingPart}));
      sync(index + ".new");
      fs.renameSync(index + ".new", index);
    };`;
  const choose = `const old = names.filter((name) => name.endsWith(".jsonl")).slice(0, names.length * ${leavingPart});`;
  const look = `${open}
    for (const name of names) fs.lstatSync(dir + "/" + name);`;
  const lookCarefully = `${open}
    ${choose}
    require("node:crypto").createHash("sha256").update(bytes).digest("hex");
    JSON.parse(bytes.toString());
    for (const name of names) look(name);
    const header = Buffer.alloc(512);
    for (const name of names.slice(old.length)) {
      const fd = fs.openSync(dir + "/" + name);
      fs.readSync(fd, header, 0, header.length, 0);
      fs.closeSync(fd);
    }`;
  const clean = `${look}
    ${choose}
    writeIndex();
    for (const name of old) fs.renameSync(dir + "/" + name, dir + "/" + name + ".old");
    sync(dir);`;
  const cleanCarefully = `${lookCarefully}
    for (const name of old) look(name);
    fs.writeFileSync(dir + "/journal", old.map((name) => JSON.stringify({ from: name, to: name + ".old" })).join(""));
    sync(dir + "/journal");
    sync(dir);
    writeIndex();
    sync(dir);
    for (const name of old) { look(name); fs.linkSync(dir + "/" + name, dir + "/" + name + ".old"); }
    sync(dir);
    for (const name of old) { look(name); look(name + ".old"); fs.unlinkSync(dir + "/" + name); }
    sync(dir);`;
  return { look, lookCarefully, clean, cleanCarefully };
}
