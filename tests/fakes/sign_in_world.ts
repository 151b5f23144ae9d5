/** A core with a mailbox that signs in at a provider of the test's own, and somebody who may sign it in. */
import { email } from "../../adapters/email/mod.ts";
import type { ChannelWithSecrets, Principal } from "../../core/mod.ts";
import { keys, type OAuthTokenRecord } from "../../core/store/mod.ts";
import { valueOf } from "./access.ts";
import { type OAuthProviderServer, openOAuthProvider } from "./oauth_provider.ts";
import { TEST_NOW } from "./ports.ts";
import { openTestInbox, type TestInbox } from "./test_inbox.ts";

export const MAILBOX = "support@veloce.example";
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export type Manager = Extract<Principal, { type: "user" }>;

export interface SignInWorld extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly provider: OAuthProviderServer;
  readonly root: Principal;
  readonly manager: Manager;
  readonly appId: string;
  readonly channelId: string;
  /** Another mailbox with the same app; its id. */
  addChannel(address: string): Promise<string>;
  /** Goes to the provider and comes back: the whole flow. */
  signIn(
    options?: { readonly channelId?: string; readonly anyAccount?: boolean },
  ): ReturnType<TestInbox["core"]["signIns"]["finish"]>;
  channel(id?: string): Promise<ChannelWithSecrets>;
  tokenRecord(id?: string): Promise<OAuthTokenRecord | null>;
  /** Asks for an access token as an adapter does. */
  accessToken(refused?: string, id?: string): Promise<string>;
}

export interface SignInWorldOptions {
  /** Of the server its mail is read from; without one, mail is posted to it. */
  readonly imapPort?: number;
  /** Of the server its mail leaves by; nobody listens by default. */
  readonly smtpPort?: number;
  /** Environment besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the caller, who closes it; default: one of its own. */
  readonly provider?: OAuthProviderServer;
}

/** Opens it; `await using world = await openSignInWorld()` closes it. */
export async function openSignInWorld(
  { imapPort, smtpPort = 9, env = {}, provider: given }: SignInWorldOptions = {},
): Promise<SignInWorld> {
  let now = () => TEST_NOW;
  const provider = given ?? openOAuthProvider({ now: () => now() });
  const hosts = [provider.port, imapPort ?? smtpPort, smtpPort].map((port) => `127.0.0.1:${port}`);
  const inbox = await openTestInbox({
    adapters: [email],
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: [...new Set(hosts)].join(","), ...env },
    fetch: (input, init) => fetch(input, init),
  });
  now = () => inbox.ports.clock.now();
  const { core } = inbox;
  const user = valueOf(
    await core.access.createUser(ROOT, {
      name: "Sam Okafor",
      email: "sam@parley.example",
      role: "admin",
      password: "correct horse battery",
    }),
  );
  const manager: Manager = { type: "user", user, inboxIds: new Set(), sessionHash: "session-1" };
  const app = valueOf(await core.apps.create(ROOT, { ...appInput(provider) }));

  const addChannel: SignInWorld["addChannel"] = async (address) => {
    const login = { host: "127.0.0.1", security: "none", user: address, signIn: "oauth" };
    const channel = await core.channels.create(ROOT, {
      type: "email",
      inboxId: inbox.inboxId,
      name: address,
      appId: app.id,
      config: {
        address,
        inbound: imapPort === undefined
          ? { kind: "push", provider: "raw", secret: "push-secret" }
          : { kind: "imap", port: imapPort, ...login },
        outbound: { kind: "smtp", port: smtpPort, ...login },
      },
    });
    return valueOf(channel).id;
  };
  const mailbox = await addChannel(MAILBOX);

  return {
    inbox,
    provider,
    root: ROOT,
    manager,
    appId: app.id,
    channelId: mailbox,
    addChannel,

    async signIn({ channelId = mailbox, anyAccount = false } = {}) {
      const { url } = valueOf(await core.signIns.start(manager, channelId, { anyAccount }));
      return await core.signIns.finish(manager, answerOf(await provider.visit(url)));
    },

    async channel(id = mailbox) {
      return valueOf(await core.channels.get(ROOT, id));
    },

    tokenRecord: (id = mailbox) => inbox.store.get(keys.oauthToken(id)),

    async accessToken(refused, id = mailbox) {
      const opened = valueOf(await core.channels.open(id));
      const got = await opened.io(new AbortController().signal).accessToken(refused);
      if (!got.ok) throw new Error(got.error.code);
      return got.value;
    },

    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      if (given === undefined) await provider[Symbol.asyncDispose]();
    },
  };
}

/** A Google client whose provider is the test's own. */
export function appInput(provider: Pick<OAuthProviderServer, "url" | "clientId" | "clientSecret">) {
  const { url, clientId, clientSecret } = provider;
  return {
    adapter: "google",
    name: "Our Google client",
    config: {
      clientId,
      clientSecret,
      authorizeUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
    },
  };
}

/** What the address says that a provider sends the browser back to. */
export function answerOf({ searchParams }: URL) {
  return {
    state: searchParams.get("state"),
    code: searchParams.get("code"),
    error: searchParams.get("error"),
  };
}
