import { z } from "zod";

const Name = z.string().min(1).max(100);
const Email = z.string().min(3).max(254);
const RoleName = z.enum(["owner", "admin", "agent", "viewer"]);

/** What the command line can ask for. Fields are checked again by the command itself. */
export const AdminCommand = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("user create"),
    email: Email,
    displayName: Name,
    role: RoleName,
    /** Names of inboxes to join. */
    inboxes: z.array(Name).max(100),
    password: z.string(),
  }),
  z.strictObject({ name: z.literal("user password"), email: Email, password: z.string() }),
  z.strictObject({ name: z.literal("user deactivate"), email: Email }),
  z.strictObject({ name: z.literal("token create"), tokenName: Name, role: RoleName }),
  z.strictObject({
    name: z.literal("doctor"),
    /** Has the search index read all records anew. */
    rebuild: z.optional(z.boolean()),
  }),
]);
export type AdminCommand = z.infer<typeof AdminCommand>;

/** What a command says when it is done. */
export const AdminReport = z.strictObject({
  lines: z.array(z.string()),
  /** False when the doctor found something that needs care. */
  isHealthy: z.boolean(),
});
export type AdminReport = z.infer<typeof AdminReport>;

/** The endpoint's answer: a report, or why there is none, in a sentence. */
export const AdminAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), report: AdminReport }),
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type AdminAnswer = z.infer<typeof AdminAnswer>;
