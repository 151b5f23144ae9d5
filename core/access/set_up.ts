import { type CoreError, notFound } from "../errors.ts";
import type { Inbox } from "../model/inbox.ts";
import type { User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { CredentialRecord } from "../store/mod.ts";
import type { AccessContext } from "./context.ts";
import { SetUpInput } from "./inputs.ts";
import { dropLinks, findLink, LINK_MS, linkUrl, liveLink, makeLink, putLink } from "./links.ts";
import { parseInput } from "./parse_input.ts";
import { SYSTEM } from "../model/change.ts";
import type { Principal } from "./principal.ts";
import { putUser } from "./put_user.ts";
import { hashToken } from "./secret_token.ts";
import { ACCESS_QUEUE, takeTurn } from "./take_turn.ts";

/** Somebody who just proved who they are. */
export interface SignedIn {
  /** For the session cookie. */
  readonly token: string;
  readonly principal: Principal;
}

export interface SetUp {
  isSetUp(): Promise<boolean>;
  /** The chat channel of the demo's shop page, those of its practice customers and of its form; null everywhere but in the demo. */
  workspace(): Promise<{
    readonly name: string;
    readonly isSetUp: boolean;
    readonly demoChannelId: string | null;
    readonly demoPracticeChannelId: string | null;
    readonly demoFormChannelId: string | null;
  }>;
  /** Absolute address of a new set-up link; the one before dies. Null when there is an owner. */
  setupLink(): Promise<string | null>;
  /** Makes owner, workspace and first inbox. Errors: invalid, not_found (link), conflict. */
  setUp(
    token: string,
    input: SetUpInput,
    userAgent?: string,
  ): Promise<Result<SignedIn, CoreError>>;
  /** The same from the environment, at first start only. @returns whether the owner was made now. */
  ensureAdmin(
    email: string,
    password: string,
    name?: string,
  ): Promise<Result<boolean, CoreError>>;
}

export function createSetUp(context: AccessContext): SetUp {
  const { store, ports, config, passwords, sessions, inboxes } = context;

  async function readWorkspace() {
    const workspace = await store.get(keys.workspace());
    if (workspace === null) throw new Error("Cannot read workspace: the store holds no record");
    return workspace;
  }

  return {
    async isSetUp() {
      return (await readWorkspace()).isSetUp;
    },

    async workspace() {
      const {
        name,
        isSetUp,
        demoChannelId = null,
        demoPracticeChannelId = null,
        demoFormChannelId = null,
      } = await readWorkspace();
      return { name, isSetUp, demoChannelId, demoPracticeChannelId, demoFormChannelId };
    },

    async setupLink() {
      const link = makeLink(ports.random);
      return await transact(store, async (tx) => {
        if ((await tx.get(keys.workspace()))?.isSetUp) return null;
        await dropLinks(tx, ({ kind }) => kind === "setup");
        putLink(tx, link, { kind: "setup", expiresAt: tx.now + LINK_MS.setup });
        return linkUrl(config, "setup", link.token);
      }, ACCESS_QUEUE);
    },

    async setUp(token, input, userAgent = "") {
      const parsed = parseInput(SetUpInput, input);
      if (!parsed.ok) return parsed;
      const known = liveLink(await findLink(store, token), "setup", ports.clock.now());
      if (known === null) return err(notFound("link"));
      const owner = { ...parsed.value, passwordHash: await passwords.hash(parsed.value.password) };
      const linkHash = hashToken(token);
      const session = sessions.make();
      const done = await transact(store, async (tx): Promise<Result<User, CoreError>> => {
        const link = liveLink(await tx.get(keys.link(linkHash)), "setup", tx.now);
        if (link === null) return err(notFound("link"));
        const made = await putOwner(tx, context, owner);
        if (made.ok) sessions.open(tx, session, { ...made.value, userAgent });
        return made.ok ? ok(made.value.user) : made;
      }, ACCESS_QUEUE);
      if (!done.ok) return done;
      inboxes.forget();
      return ok({
        token: session.token,
        principal: await sessions.principal(done.value, session.hash),
      });
    },

    async ensureAdmin(email, password, name = email.split("@", 1)[0] ?? email) {
      if ((await readWorkspace()).isSetUp) return ok(false);
      const parsed = parseInput(SetUpInput, { name, email, password });
      if (!parsed.ok) return parsed;
      const owner = { ...parsed.value, passwordHash: await passwords.hash(password) };
      const done = await transact(store, async (tx): Promise<Result<boolean, CoreError>> => {
        // Another process may have been first.
        if ((await tx.get(keys.workspace()))?.isSetUp) return ok(false);
        const made = await putOwner(tx, context, owner);
        return made.ok ? ok(true) : made;
      }, ACCESS_QUEUE);
      inboxes.forget();
      return done;
    },
  };
}

interface OwnerFields {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly workspaceName?: string | undefined;
  readonly inboxName?: string | undefined;
}

/** Writes what a first start needs, and ends all set-up links. */
async function putOwner(
  tx: Tx,
  { ports }: AccessContext,
  { name, email, passwordHash, workspaceName, inboxName }: OwnerFields,
): Promise<Result<{ readonly user: User; readonly credential: CredentialRecord }, CoreError>> {
  const workspace = await tx.get(keys.workspace());
  if (workspace === null) throw new Error("Cannot set up: the store holds no workspace record");
  if (workspace.isSetUp) return err({ code: "conflict", message: "Parley is already set up" });
  const id = ports.ids.next("usr");
  const made = await putUser(tx, { id, name, email, role: "owner", passwordHash });
  if (made === null) return err({ code: "conflict", message: "This address has an account" });
  tx.set(keys.workspace(), {
    ...workspace,
    name: workspaceName ?? workspace.name,
    isSetUp: true,
  });
  await takeTurn(tx, "inboxes");
  const inbox: Inbox = {
    id: ports.ids.next("inb"),
    name: inboxName ?? "Inbox",
    memberIds: [id],
    teamIds: [],
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  tx.set(keys.inbox(inbox.id), inbox);
  await dropLinks(tx, ({ kind }) => kind === "setup");
  tx.emit({ type: "access.changed", actor: SYSTEM, userId: id });
  return ok(made);
}
