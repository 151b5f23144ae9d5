import { Role } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import type { AdminCommand } from "./admin_command.ts";

/** A command whose password is still to be asked for or made. */
export type AdminRequest =
  & { readonly generatesPassword: boolean }
  & (
    | { readonly needsPassword: false; readonly command: AdminCommand }
    | { readonly needsPassword: true; readonly command: (password: string) => AdminCommand }
  );

/** What `deno task admin` prints when it is asked wrongly. */
export const USAGE = `Usage: deno task admin <command>

  user create EMAIL [--name NAME] [--role ROLE] [--inbox NAME]… [--generate]
  user password EMAIL [--generate]
  user deactivate EMAIL
  token create NAME [--role ROLE]
  import mbox FILE --channel ID
  import maildir FOLDER --channel ID
  doctor [--rebuild]

ROLE is owner, admin, agent or viewer; agent unless given.
A password is asked for, or read from the first line of the input; --generate makes and prints one.
--rebuild also has the search index read everything anew, while the server goes on.
An import brings in old mails and notifies nobody; run again, it goes on where it stopped.
Talks to the running server at PORT; without one it opens PARLEY_DATA itself.`;

/**
 * Reads the command line. Passwords never stand on it: every user of the machine can see it.
 * @returns what to do, or what is wrong with it in a sentence.
 */
export function parseAdminArguments(args: readonly string[]): Result<AdminRequest, string> {
  const split = splitOptions(args);
  if (!split.ok) return split;
  const { words, options } = split.value;
  const [noun = "", verb = "", subject] = words;
  const name = noun === "doctor" ? noun : `${noun} ${verb}`;
  const allowed = OPTIONS[name];
  if (!allowed) return err(`There is no command "${words.join(" ")}"`);
  const foreign = [...options.keys()].find((key) => !allowed.includes(key));
  if (foreign !== undefined) return err(`"${name}" takes no ${foreign}`);
  const extra = name === "doctor" ? words[1] : words[3];
  if (extra !== undefined) return err(`"${name}" takes no "${extra}"`);
  const role = readRole(options);
  if (!role.ok) return role;
  const generatesPassword = options.has("--generate");

  if (name === "doctor") {
    return plain({ name, ...options.has("--rebuild") ? { rebuild: true } : {} });
  }
  if (subject === undefined) {
    return err(`"${name}" needs ${name === "token create" ? "a name" : "an email address"}`);
  }
  if (name === "user deactivate") return plain({ name, email: subject });
  if (name === "token create") return plain({ name, tokenName: subject, role: role.value });
  if (name === "user password") {
    return ok({
      needsPassword: true,
      generatesPassword,
      command: (password) => ({ name, email: subject, password }),
    });
  }
  return ok({
    needsPassword: true,
    generatesPassword,
    command: (password) => ({
      name: "user create",
      email: subject,
      displayName: options.get("--name")?.[0] ?? subject.split("@", 1)[0] ?? subject,
      role: role.value,
      inboxes: options.get("--inbox") ?? [],
      password,
    }),
  });
}

/** Commands and the options each takes. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "user create": ["--name", "--role", "--inbox", "--generate"],
  "user password": ["--generate"],
  "user deactivate": [],
  "token create": ["--role"],
  "doctor": ["--rebuild"],
};
const FLAGS: ReadonlySet<string> = new Set(["--generate", "--rebuild"]);
const WITH_VALUE: ReadonlySet<string> = new Set(["--name", "--role", "--inbox"]);

interface Split {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string[]>;
}

function splitOptions(args: readonly string[]): Result<Split, string> {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (!word.startsWith("--")) {
      words.push(word);
      continue;
    }
    const [key = word, inline] = word.split(/=(.*)/s, 2);
    if (FLAGS.has(key) && inline === undefined) options.set(key, []);
    else if (WITH_VALUE.has(key)) {
      const value = inline ?? args[++i];
      if (value === undefined || value === "") return err(`${key} needs a value`);
      options.set(key, [...options.get(key) ?? [], value]);
    } else return err(`There is no option ${word}`);
  }
  return ok({ words, options });
}

function readRole(options: Split["options"]): Result<Role, string> {
  const given = options.get("--role")?.at(-1) ?? "agent";
  const role = Role.safeParse(given);
  return role.success ? ok(role.data) : err(`"${given}" is not a role`);
}

function plain(command: AdminCommand): Result<AdminRequest, string> {
  return ok({ needsPassword: false, generatesPassword: false, command });
}
