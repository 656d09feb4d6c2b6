/** What is loaded for every command that does something: the machine, and telling errors apart. */
export { errnoOf, isStoreError, nodeHost } from "@sessionsmith/core";
