/** What is loaded when a store is converted. */
export { runConvert } from "./commands/convert.ts";
