import type { Access, Principal } from "../access/mod.ts";
import type { Config } from "../config/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Inboxes } from "../inboxes/mod.ts";
import { err, ok, type Result, unreachable } from "../result.ts";
import type { Store } from "../store/mod.ts";
import type { AdminCommand, AdminReport } from "./admin_command.ts";
import { examine, type SearchState } from "./examine.ts";

/** What the commands work with. */
export interface AdminContext {
  readonly access: Access;
  readonly inboxes: Inboxes;
  readonly store: Store;
  readonly config: Pick<Config, "url" | "smtpUrl" | "mailApi">;
  /** The search index; null where this deployment has none. */
  readonly search: SearchState | null;
}

/** Whoever holds the secret is the owner of everything. */
export const COMMAND_LINE: Principal = {
  type: "token",
  id: "tok_command_line",
  name: "deno task admin",
  role: "owner",
};

/** Runs one command of `deno task admin`, in the server or on a store that no server holds. */
export async function runAdminCommand(
  context: AdminContext,
  command: AdminCommand,
): Promise<Result<AdminReport, CoreError>> {
  const { access } = context;
  switch (command.name) {
    case "user create":
      return await createUser(context, command);
    case "user password": {
      const user = await access.userByEmail(COMMAND_LINE, command.email);
      if (!user.ok) return user;
      const done = await access.setPassword(COMMAND_LINE, user.value.id, command.password);
      return done.ok ? report(`${user.value.email} has a new password; all sessions ended`) : done;
    }
    case "user deactivate": {
      const user = await access.userByEmail(COMMAND_LINE, command.email);
      if (!user.ok) return user;
      const done = await access.deactivateUser(COMMAND_LINE, user.value.id);
      return done.ok ? report(`${user.value.email} is deactivated; all sessions ended`) : done;
    }
    case "token create": {
      const { tokenName, role } = command;
      const done = await access.createToken(COMMAND_LINE, { name: tokenName, role });
      return done.ok
        ? report(`API token "${done.value.record.name}" (${role}), shown once:`, done.value.token)
        : done;
    }
    case "doctor": {
      if (command.rebuild === true) {
        if (context.search === null) {
          return err(invalid("rebuild", "There is no search index here"));
        }
        context.search.rebuild();
      }
      const checks = await examine(context);
      const width = Math.max(...checks.map(({ title }) => title.length));
      return ok({
        lines: checks.map(({ state, title, detail }) =>
          `${state.padEnd(4)}  ${title.padEnd(width)}  ${detail}`
        ),
        isHealthy: checks.every(({ state }) => state !== "bad"),
      });
    }
  }
  unreachable(command);
}

async function createUser(
  { access, inboxes }: AdminContext,
  command: Extract<AdminCommand, { name: "user create" }>,
): Promise<Result<AdminReport, CoreError>> {
  const { email, displayName, role, password } = command;
  if (!await access.isSetUp()) {
    if (role !== "owner") {
      const message = "Parley is not set up: open the link it printed, or create a --role owner";
      return err({ code: "conflict", message });
    }
    const made = await access.ensureAdmin(email, password, displayName);
    return made.ok ? report(`${email} is the owner; Parley is set up`) : made;
  }
  const inboxIds: string[] = [];
  const all = await inboxes.list(COMMAND_LINE);
  if (!all.ok) return all;
  for (const name of command.inboxes) {
    const inbox = all.value.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!inbox) return err(invalid("inbox", `"${name}" does not exist`));
    inboxIds.push(inbox.id);
  }
  const input = { email, name: displayName, role, password, inboxIds };
  const made = await access.createUser(COMMAND_LINE, input);
  return made.ok ? report(`${made.value.email} can sign in as ${role}`) : made;
}

function report(...lines: string[]): Result<AdminReport, CoreError> {
  return ok({ lines, isHealthy: true });
}
