import type { CommandSpec } from "../command-spec.ts";
import {
  jsonValuesOption,
  leaseFormatOption,
  leaseUserOption,
  likeOption,
  metaOption,
  ttlOption,
} from "../options/lease-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { idFormOption, keyOption, newLabelOption, setOption } from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith create`. */
export const createCommand: CommandSpec = {
  name: "create",
  summary: "add a session to a store",
  description: [
    "Adds a row with a new session id. A transcript is made by the first message. A store that is not there is made: its directory " +
      "with mode 0700, its index with mode 0600.",
    "The session has a user, a lease and metadata. When the lease has run out, `list --status expired` shows the session and " +
      "`cleanup --expired` takes it; until then no age, cap or disk budget does.",
  ],
  arguments: [],
  optionGroups: [
    {
      heading: "What",
      options: [
        keyOption,
        newLabelOption,
        setOption,
        likeOption,
        idFormOption,
        previewOption,
        whileRunningOption,
      ],
    },
    { heading: "Lease", options: [leaseUserOption, ttlOption, metaOption, jsonValuesOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [leaseFormatOption, ...outputOptions] },
  ],
  examples: [
    {
      line: "sessionsmith create --user alice --ttl 3600 --meta theme=dark",
      purpose: "a session that holds for an hour",
    },
    {
      line: "sessionsmith create --label research",
      purpose: "a session with a label, under a key of its own",
    },
    {
      line: "sessionsmith create --agent work --key agent:work:dashboard:plan --set thinkingLevel=high",
      purpose: "under a key that you choose",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runCreate,
};
