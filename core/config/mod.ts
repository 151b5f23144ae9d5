/**
 * What the environment says (contract.md, Environment): read once, as data. Knows nothing of Deno; `main.ts` passes the variables in.
 * @module
 */
export { type Config, type ConfigError, readConfig } from "./read_config.ts";
