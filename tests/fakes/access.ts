/** Access and inboxes over a test store, with cheap passwords and a mailer that keeps what it is given. */
import { type Access, createAccess, Passwords, type Principal } from "../../core/access/mod.ts";
import { argon2id } from "../../core/access/argon2id.ts";
import { createInboxes, type Inboxes } from "../../core/inboxes/mod.ts";
import type { Role } from "../../core/model/user.ts";
import type { SystemMail, SystemMailer } from "../../core/ports.ts";
import type { Store } from "../../core/store/mod.ts";
import { type FakePorts, fakePorts } from "./ports.ts";
import { createTeams, type Teams } from "../../core/teams/mod.ts";
import { openTestStore } from "./store.ts";

/** The password of everybody in these tests. */
export const PASSWORD = "correct horse battery";
const OWNER = { name: "Olga Owner", email: "olga@parley.example", password: PASSWORD };

export interface TestAccess extends Disposable {
  readonly access: Access;
  readonly inboxes: Inboxes;
  readonly teams: Teams;
  readonly store: Store;
  readonly ports: FakePorts;
  /** Mails that were sent, oldest first. */
  readonly mails: SystemMail[];
  /** Sets Parley up; the owner is a member of the inbox "Inbox". */
  owner(): Promise<Principal & { type: "user" }>;
  /** Adds a user and signs them in. */
  user(role: Role, options?: { name?: string; inboxIds?: string[] }): Promise<
    { principal: Principal & { type: "user" }; token: string; email: string }
  >;
}

export interface TestAccessOptions {
  /** Null: Parley has no mailer. */
  readonly mailer?: SystemMailer | null;
  readonly apiToken?: string;
  /** Commands do not queue, as if each came from another process: only the commits' checks are left. */
  readonly isManyProcesses?: boolean;
}

/** Opens everything; `using test = await openTestAccess()` closes it. */
export async function openTestAccess(options: TestAccessOptions = {}): Promise<TestAccess> {
  const mails: SystemMail[] = [];
  const keep: SystemMailer = (mail) => {
    mails.push(mail);
    return Promise.resolve();
  };
  const { mailer = keep, apiToken = null, isManyProcesses = false } = options;
  const ports = fakePorts(mailer === null ? {} : { systemMailer: mailer });
  const test = await openTestStore({ ports });
  const store = isManyProcesses ? withoutQueues(test.store) : test.store;
  const access = createAccess({
    store,
    ports,
    config: { url: "https://inbox.example", port: 8000, apiToken },
    passwords: new Passwords(ports.random, argon2id, { memoryKiB: 8, passes: 1 }),
  });
  const inboxes = createInboxes({ store, ports, access });
  const teams = createTeams({ store, ports, access });
  let users = 0;

  async function signIn(email: string) {
    const signedIn = await access.signIn({
      email,
      password: PASSWORD,
      userAgent: "test",
      remoteAddress: "192.0.2.1",
    });
    if (!signedIn.ok || signedIn.value.principal.type !== "user") {
      throw new Error(`Cannot sign in ${email}: ${JSON.stringify(signedIn)}`);
    }
    return { principal: signedIn.value.principal, token: signedIn.value.token, email };
  }

  return {
    access,
    inboxes,
    teams,
    store,
    ports,
    mails,
    async owner() {
      const link = await access.setupLink();
      if (link !== null) await access.setUp(link.split("/").at(-1) ?? "", OWNER);
      return (await signIn(OWNER.email)).principal;
    },
    async user(role, { name = `User ${++users}`, inboxIds = [] } = {}) {
      const email = `${name.toLowerCase().replaceAll(" ", ".")}@parley.example`;
      const made = await access.createUser(
        { type: "token", id: "tok_test", name: "test", role: "owner" },
        { name, email, role, password: PASSWORD, inboxIds },
      );
      if (!made.ok) throw new Error(`Cannot make ${email}: ${JSON.stringify(made.error)}`);
      return await signIn(email);
    },
    [Symbol.dispose]: () => test[Symbol.dispose](),
  };
}

function withoutQueues(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === "inTurn") return (_name: string, run: () => Promise<unknown>) => run();
      // The receiver is the store itself: its private fields are not on the proxy.
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The token at the end of a link. */
export function tokenOf(link: string): string {
  return link.split("/").at(-1) ?? "";
}

/** The value of a result that must have succeeded. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`Cannot go on: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The code of a result that must have failed. */
export function codeOf(
  result: { ok: true; value: unknown } | { ok: false; error: { code: string } },
): string {
  return result.ok ? "ok" : result.error.code;
}
