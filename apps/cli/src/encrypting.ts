/** What is loaded when transcripts are encrypted or decrypted. */
export { runDecrypt, runEncrypt } from "./commands/encrypt.ts";
