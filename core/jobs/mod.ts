/**
 * Jobs: work that is due at a time, kept in the store with leases, retries and dead letters. Owns the
 * system's only timer; knows nothing of what a job does.
 *
 * One flow: `tx.job(…)` in a command's commit → due → claimed with a lease → handler → ended in the
 * commit of its effect (`context.complete(tx)`), or by returning; a throw puts it off.
 */
export { backOffMs } from "./back_off.ts";
export type { JobContext, JobHandler } from "./run_job.ts";
export type { JobKindOptions } from "./job_kinds.ts";
export { JobRunner, type JobRunnerOptions } from "./runner.ts";
