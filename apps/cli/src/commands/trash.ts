import type { CommandCall, CommandHandler } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { longFlag } from "../options/option-spec.ts";
import type { FlagSpec, ValueSpec } from "../options/option-spec.ts";
import { oneOf } from "../options/parsers.ts";
import {
  purgeAgeOption,
  purgeOperationOption,
  trashPreviewOption,
  trashSkipConflictsOption,
} from "../options/trash-options.ts";
import { UsageError } from "../usage-error.ts";
import { runTrashList } from "./trash-list.ts";
import { runTrashPack } from "./trash-pack.ts";
import { runTrashPurge } from "./trash-purge.ts";
import { runTrashRestore } from "./trash-restore.ts";

const actions = ["list", "restore", "purge", "pack"] as const;

/** The options that an action knows, beside the selection and the output. */
const optionsOf: Readonly<Record<(typeof actions)[number], readonly (FlagSpec | ValueSpec<string>)[]>> = {
  list: [],
  restore: [trashPreviewOption, trashSkipConflictsOption],
  purge: [purgeAgeOption, purgeOperationOption, trashPreviewOption],
  pack: [purgeAgeOption],
};

/** Runs `sessionsmith trash`: the action that its first word names. */
export const runTrash: CommandHandler = async (call) => {
  const [word = "", operation] = call.arguments;
  const action = oneOf("trash", actions)(word);
  if (operation !== undefined && action !== "restore")
    throw new UsageError(`trash ${action} takes no further word`);
  refuseForeignOptions(action, call);
  return runAction(action, call);
};

async function runAction(action: (typeof actions)[number], call: CommandCall): Promise<ExitStatus> {
  switch (action) {
    case "list":
      return runTrashList(call);
    case "restore":
      return runTrashRestore(call);
    case "purge":
      return runTrashPurge(call);
    case "pack":
      return runTrashPack(call);
  }
}

function refuseForeignOptions(action: (typeof actions)[number], { options }: CommandCall): void {
  const given = [
    ...[trashPreviewOption, trashSkipConflictsOption].filter((spec) => options.flag(spec) !== undefined),
    ...[purgeAgeOption, purgeOperationOption].filter((spec) => options.value(spec) !== undefined),
  ];
  const foreign = given.find((spec) => !optionsOf[action].includes(spec));
  if (foreign !== undefined) throw new UsageError(`${longFlag(foreign)} does not go with trash ${action}`);
}
