/**
 * The real ports, on Deno: clock, ids, random bytes, alarms, log lines, name resolution, the side
 * thread; the secret and the certificate files. The only
 * part of the core besides the store that touches `Deno`; tests use fakes instead.
 * @module
 */
export { type DataDirError, makeDataDir } from "./data_dir.ts";
export { fetchAt } from "./fetch_at.ts";
export { createIds } from "./ids.ts";
export { createLog, type LogOptions } from "./log.ts";
export { createPorts } from "./ports.ts";
export { type Certificate, readCertificate } from "./read_certificate.ts";
export { createSideThread, type SideThreadOptions } from "./side_thread.ts";
export { readOrMakeSecret, type SecretError } from "./secret_file.ts";
export { serveSideWork } from "./serve_side_work.ts";
