/**
 * Believable data: the bike shop Veloce with its team, channels and customers, made from a number. Demo, benchmarks and
 * screenshots share it. Owns what is said and when; the rules it plays by are those of the other folders.
 *
 * One flow: `makePlan` (pure) → `seedWorkspace` (commands, empty database) → `loadPlan` (large commits).
 * @module
 */
export { type Loaded, loadPlan } from "./load_plan.ts";
export { makePlan, type PlanOptions } from "./make_plan.ts";
export { markAsDemo } from "./mark_as_demo.ts";
export type { MemberKey, SeedPlan } from "./plan.ts";
export {
  type SeedCore,
  type SeededWorkspace,
  seedWorkspace,
  type SeedWorkspaceOptions,
} from "./seed_workspace.ts";
