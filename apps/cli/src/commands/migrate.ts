import type { CommandCall, CommandHandler } from "../command-spec.ts";
import {
  agentIdOption,
  backupFilesOption,
  migrateFormatOption,
  moveOption,
  naiveZoneOption,
  noBackupOption,
  reportOption,
  toOption,
} from "../options/migrate-options.ts";
import type { FlagSpec, ValueSpec } from "../options/option-spec.ts";
import { longFlag } from "../options/option-spec.ts";
import { previewOption } from "../options/writing-options.ts";
import { UsageError } from "../usage-error.ts";
import { runMigrateDetect } from "./migrate-detect.ts";
import { runMigrateRollback } from "./migrate-rollback.ts";
import { runMigrateVerify } from "./migrate-verify.ts";
import { runMigrateWorkspace } from "./migrate-workspace.ts";

type AnySpec = FlagSpec | ValueSpec<unknown>;

const flags: readonly FlagSpec[] = [previewOption, noBackupOption, backupFilesOption, moveOption];
const values: readonly ValueSpec<unknown>[] = [
  agentIdOption,
  toOption,
  naiveZoneOption,
  reportOption,
  migrateFormatOption,
];

/** The options that an action knows, beside the places and the output. */
const optionsOf: Readonly<Record<"detect" | "rollback" | "verify" | "workspace", readonly AnySpec[]>> = {
  detect: [],
  verify: [agentIdOption, toOption, naiveZoneOption],
  rollback: [previewOption, toOption],
  workspace: [previewOption, noBackupOption, backupFilesOption, moveOption, ...values],
};

/** Runs `sessionsmith migrate`: the action that its first word names, or the migration of that workspace. */
export const runMigrate: CommandHandler = async (call) => {
  const [word = "", target] = call.arguments;
  // An empty word is a variable that nobody set, and not the directory that one happens to be in.
  if (word.trim() === "" || target?.trim() === "") throw new UsageError("a path that is empty");
  if (word !== "detect" && word !== "verify" && word !== "rollback") {
    if (target !== undefined) throw new UsageError(`migrate ${word} takes no further word`);
    refuseForeignOptions("workspace", call);
    return runMigrateWorkspace(call, word);
  }
  if (target === undefined) {
    const what = word === "rollback" ? "an operation" : "a path";
    throw new UsageError(`migrate ${word} needs ${what}`, `A workspace of that name is written ./${word}.`);
  }
  refuseForeignOptions(word, call);
  if (word === "detect") return runMigrateDetect(call, target);
  return word === "verify" ? runMigrateVerify(call, target) : runMigrateRollback(call, target);
};

function refuseForeignOptions(action: keyof typeof optionsOf, { options }: CommandCall): void {
  const given: readonly AnySpec[] = [
    ...flags.filter((spec) => options.flag(spec) !== undefined),
    ...values.filter((spec) => options.value(spec) !== undefined),
  ];
  const foreign = given.find((spec) => !optionsOf[action].includes(spec));
  const words = action === "workspace" ? "migrate <workspace>" : `migrate ${action}`;
  if (foreign !== undefined) throw new UsageError(`${longFlag(foreign)} does not go with ${words}`);
}
