import { parseSessionKey } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import { findSessions, readStores } from "@sessionsmith/sessions";
import type { FoundSession, SearchedStore, Sought } from "@sessionsmith/sessions";
import { chooseStores } from "./choose-stores.ts";
import type { ChosenStores } from "./choose-stores.ts";
import type { CommandCall } from "./command-spec.ts";
import { agentOption, allAgentsOption, discoveredOption, storeOption } from "./options/selection-options.ts";

/**
 * The stores that a word for a session is looked for in: those of the selection; without one the store of the agent that the word
 * names (`agent:work:…`), if there is such a store, else that of the default agent.
 * @throws StoreError as `chooseStores` does
 */
export function chooseForSession(call: CommandCall, host: Host, word: string): ChosenStores {
  const chosen = chooseStores(call, host);
  const { options } = call;
  const isSelected =
    options.value(storeOption) !== undefined ||
    options.value(agentOption) !== undefined ||
    options.flag(allAgentsOption) === true ||
    options.flag(discoveredOption) === true;
  const { agentId } = parseSessionKey(word);
  if (isSelected || agentId === undefined) return chosen;
  const targets = chooseStores(call, host, "every-store").targets.filter((one) => one.agentId === agentId);
  return targets.length === 0 ? chosen : { ...chosen, targets };
}

/**
 * The rows that a word means in the chosen stores.
 * @throws StoreError of the first store that can't be read: whether a word is unique could not be told
 */
export function findInStores(chosen: ChosenStores, sought: Sought): readonly FoundSession[] {
  const stores = readStores(chosen.host, chosen.targets, chosen).flatMap(
    ({ target, document, error }): readonly SearchedStore[] => {
      if (error !== undefined) throw error;
      return document === undefined ? [] : [{ target, document }];
    },
  );
  return findSessions(stores, sought, chosen.settings);
}
