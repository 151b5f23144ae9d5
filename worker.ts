/**
 * The side thread: what would hold up the one that answers requests. A second entry of the build, which `main.ts`
 * starts as a worker; it has no store, no network and no state.
 */
import { adapters } from "./adapters/mod.ts";
import { serveSideWork } from "./core/platform/mod.ts";
import { createSideWork } from "./core/side_work/mod.ts";

serveSideWork(createSideWork(adapters));
