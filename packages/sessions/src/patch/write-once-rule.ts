import { type JsonValue, parseSessionKey } from "@sessionsmith/core";
import { badPatch, oneField, type PatchRule } from "./patch-rule.ts";

/**
 * Makes the rule of a field that says where a sub-agent comes from: it can be set once, on a sub-agent's or an ACP session, and
 * neither changed nor cleared afterwards.
 */
export function writeOnce(field: string, read: (value: JsonValue) => JsonValue): PatchRule {
  return (value, { key, entry }) => {
    const present = Object.hasOwn(entry, field) ? entry[field] : undefined;
    const isSet = present !== undefined && present !== null && present !== "";
    if (value === null) {
      if (isSet) throw badPatch(`${field} cannot be cleared once set`, { field });
      return new Map();
    }
    const { form } = parseSessionKey(key);
    if (form !== "subagent" && form !== "acp")
      throw badPatch(`${field} is only supported for subagent:* or acp:* sessions`, { field });
    const wanted = read(value);
    if (isSet && present !== wanted) throw badPatch(`${field} cannot be changed once set`, { field });
    return oneField(field, wanted);
  };
}
