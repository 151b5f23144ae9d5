/** A real Dovecot on this machine, with a home, a configuration and mailboxes of its own. */
import { until } from "../e2e/until.ts";
import { freePort } from "../../.tasks/free_port.ts";

/** Somebody with a mailbox on it. */
export interface DovecotUser {
  readonly name: string;
  readonly password: string;
}

export interface DovecotOptions {
  readonly users?: readonly DovecotUser[];
  /**
   * "required": STARTTLS on the port, "implicit": TLS from the first byte, both with the certificate for "localhost" of
   * adapters/email/fixtures. Default: none.
   */
  readonly tls?: "none" | "required" | "implicit";
  /** Lets people in with access tokens, about which it asks there (RFC 7662). Their names must be among `users`. */
  readonly tokens?: {
    readonly introspectUrl: string;
    readonly mechanism: "xoauth2" | "oauthbearer";
  };
  /** Capabilities it does not tell, such as IDLE. */
  readonly without?: readonly string[];
}

export interface Dovecot extends AsyncDisposable {
  readonly port: number;
  /** Puts a mail into a folder, as a mail server's delivery would. */
  deliver(user: string, mail: string | Uint8Array<ArrayBuffer>, folder?: string): Promise<void>;
  /** Puts many mails into a folder at once, the first first. */
  fill(user: string, folder: string, mails: readonly string[]): Promise<void>;
  /** Runs `doveadm` against it, and gives what it printed. */
  doveadm(...args: readonly string[]): Promise<string>;
  /** Ends it; connections break. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with the same mailboxes. */
  start(): Promise<void>;
}

/** The two mailboxes of the tests. */
export const SUPPORT = { name: "support", password: "open sesame" };
export const SALES = { name: "sales", password: "let me in" };

/** Whether this machine has it. */
export function hasDovecot(): boolean {
  return PROGRAMS.every((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

const PROGRAMS = ["/usr/sbin/dovecot", "/usr/lib/dovecot/imap"];

/** Dovecot gives nobody root's rights; "nobody" is 65534 on Debian. */
const MAIL_OWNER: [uid: number, gid: number] = Deno.uid() === 0
  ? [65_534, 65_534]
  : [Deno.uid() ?? 0, Deno.gid() ?? 0];

/** Starts it on a free port of 127.0.0.1; `await using dovecot = await openDovecot()` ends it and deletes its mail. */
export async function openDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const home = await Deno.makeTempDir({ prefix: "parley-dovecot-" });
  // Dovecot's sockets have short paths, and its own users must be able to walk to them.
  await Deno.chmod(home, 0o755);
  const port = freePort("127.0.0.1");
  const { users = [SUPPORT, SALES] } = options;
  for (const folder of ["run", "state", "mail"]) await Deno.mkdir(`${home}/${folder}`);
  await Deno.chown(`${home}/mail`, ...MAIL_OWNER);
  await Deno.writeTextFile(
    `${home}/users`,
    users.map(({ name, password }) => `${name}:{PLAIN}${password}::::::\n`).join(""),
  );
  const config = `${home}/dovecot.conf`;
  if (options.tokens !== undefined) {
    await Deno.writeTextFile(`${home}/oauth2.conf`, tokenRules(options.tokens.introspectUrl));
  }
  await Deno.writeTextFile(config, await configuration(home, port, options));
  let child: Deno.ChildProcess | null = null;

  const server: Dovecot = {
    port,
    async deliver(user, mail, folder = "INBOX") {
      const bytes = typeof mail === "string" ? new TextEncoder().encode(mail) : mail;
      await run("doveadm", ["-c", config, "save", "-u", user, "-m", folder], bytes);
    },
    async fill(user, folder, mails) {
      await server.doveadm("mailbox", "create", "-u", user, folder).catch(() => {});
      const path = `${home}/mail/${user}/.${folder}/cur`;
      for (const [i, mail] of mails.entries()) {
        // Dovecot gives UIDs in the order of the names.
        const file = `${path}/${1_700_000_000 + i}.M${i}P1.test:2,`;
        await Deno.writeTextFile(file, mail);
        await Deno.chown(file, ...MAIL_OWNER);
      }
    },
    doveadm: (...args) => run("doveadm", ["-c", config, ...args]),
    async stop() {
      const ending = child;
      child = null;
      if (ending === null) return;
      // It would wait for its clients, so their processes end first.
      const children = await childrenOf(ending.pid);
      ending.kill("SIGTERM");
      for (const pid of children) kill(pid);
      await ending.status;
    },
    async start() {
      child = new Deno.Command("/usr/sbin/dovecot", {
        args: ["-F", "-c", config],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      await until(() => isListening(port, options.tls === "implicit"), { what: "Dovecot answers" });
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await Deno.remove(home, { recursive: true });
    },
  };
  await server.start();
  return server;
}

async function isListening(port: number, isEncrypted: boolean): Promise<boolean> {
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    if (isEncrypted) return true;
    const greeting = new Uint8Array(200);
    const count = await connection.read(greeting) ?? 0;
    return new TextDecoder().decode(greeting.subarray(0, count)).startsWith("* OK");
  } catch {
    return false;
  }
}

/** Processes started by one, by Linux's own list. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const list = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  return list.split(" ").map(Number).filter((child) => child > 0);
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Runs a program to its end. @throws Error with what it said when it fails */
async function run(
  program: string,
  args: readonly string[],
  input = new Uint8Array(),
): Promise<string> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(input).then(() => writer.close()).catch(() => {});
  const { success, stdout, stderr } = await child.output();
  const text = new TextDecoder();
  if (!success) throw new Error(`Cannot run ${program} ${args[2]}: ${text.decode(stderr)}`);
  return text.decode(stdout);
}

async function configuration(
  home: string,
  port: number,
  { tls = "none", without = [], tokens }: DovecotOptions,
): Promise<string> {
  const fixtures = new URL("../../adapters/email/fixtures/", import.meta.url).pathname;
  const capabilities = without.length === 0
    ? ""
    : `protocol imap {\n  imap_capability = ${
      ALL_CAPABILITIES.filter((name) => !without.includes(name)).join(" ")
    }\n}`;
  return `
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = ${tls === "none" ? "no" : "required"}
${tls !== "none" ? `ssl_cert = <${fixtures}localhost_cert.pem` : ""}
${tls !== "none" ? `ssl_key = <${fixtures}localhost_key.pem` : ""}
disable_plaintext_auth = ${tls === "none" ? "no" : "yes"}
${Deno.uid() === 0 ? "" : await ownUsers()}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:${home}/mail/%u
mail_privileged_group =
mailbox_idle_check_interval = 1 s
auth_failure_delay = 0
service imap-login {
  chroot =
  inet_listener imap {
    port = ${tls === "implicit" ? 0 : port}
  }
  inet_listener imaps {
    port = ${tls === "implicit" ? port : 0}
    ssl = yes
  }
}
service anvil {
  chroot =
}
passdb {
  driver = passwd-file
  args = ${home}/users
}
${tokens === undefined ? "" : tokenPassdb(home, tokens.mechanism)}
userdb {
  driver = static
  args = uid=${MAIL_OWNER[0]} gid=${MAIL_OWNER[1]} home=${home}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
${capabilities}
`;
}

function tokenPassdb(home: string, mechanism: string): string {
  return `
auth_mechanisms = plain ${mechanism}
passdb {
  driver = oauth2
  mechanisms = ${mechanism}
  args = ${home}/oauth2.conf
}`;
}

function tokenRules(introspectUrl: string): string {
  return `
introspection_mode = post
introspection_url = ${introspectUrl}
username_attribute = email
active_attribute = active
active_value = true
`;
}

/** Without root's rights everything runs as the one who started it; with them, as the users Debian made for it. */
async function ownUsers(): Promise<string> {
  const me = (await run("id", ["-un"])).trim();
  const group = (await run("id", ["-gn"])).trim();
  return [
    `default_internal_user = ${me}`,
    `default_internal_group = ${group}`,
    `default_login_user = ${me}`,
  ].join("\n");
}

const ALL_CAPABILITIES = [
  ...["IMAP4rev1", "SASL-IR", "LOGIN-REFERRALS", "ID", "ENABLE", "IDLE", "UIDPLUS", "CONDSTORE"],
  ...["QRESYNC", "ESEARCH", "MOVE", "SPECIAL-USE", "LITERAL+", "NAMESPACE", "UNSELECT"],
];
