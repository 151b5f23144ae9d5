/**
 * Signed and encrypted mail (PGP, S/MIME): recognised, and what is only signed is read. Holds no keys, so nothing is
 * verified or decrypted; the raw mail keeps everything for whoever has them.
 * @module
 */
export { type Protection, unwrapProtected } from "./unwrap_protected.ts";
export { readClearSigned } from "./clear_signed.ts";
