import type { Access, Principal } from "../../access/mod.ts";
import type { Channels } from "../../channels/mod.ts";
import type { Inboxes } from "../../inboxes/mod.ts";
import type { Macros } from "../../macros/mod.ts";
import type { User } from "../../model/user.ts";
import type { Ports } from "../../ports.ts";
import type { Result } from "../../result.ts";
import type { Snippets } from "../../snippets/mod.ts";
import type { Teams } from "../../teams/mod.ts";
import type { ChannelKey, InboxKey, MemberKey } from "./plan.ts";
import { seedSnippets } from "./seed_snippets.ts";
import { INBOXES, TEAM } from "./world.ts";

/** What the seed asks of the core. */
export interface SeedCore {
  readonly access: Pick<Access, "setupLink" | "setUp" | "createUser">;
  readonly inboxes: Pick<Inboxes, "list" | "create" | "update">;
  readonly teams: Pick<Teams, "create">;
  readonly channels: Pick<Channels, "create">;
  readonly snippets: Pick<Snippets, "create">;
  readonly macros: Pick<Macros, "create">;
  readonly ports: Pick<Ports, "random">;
}

export interface SeedWorkspaceOptions {
  /** Of every member; default: random, so that only links let anybody in. */
  readonly password?: string;
  /** Where the mailboxes send. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** Mail is posted with it. */
  readonly inboundSecret?: string;
}

export interface SeededWorkspace {
  readonly members: ReadonlyMap<MemberKey, User>;
  readonly inboxIds: Readonly<Record<InboxKey, string>>;
  readonly channelIds: Readonly<Record<ChannelKey, string>>;
}

/** Mailbox of an inbox. */
export function mailboxOf(inbox: InboxKey): string {
  return `${inbox}@veloce.example`;
}

/** Whoever seeds, owns. */
const SEEDER: Principal = { type: "token", id: "tok_seed", name: "Seed", role: "owner" };

/**
 * Sets up the shop: team, inboxes, snippets and macros, the widget and three mailboxes.
 * @throws Error when the database is not empty, or a command refuses.
 */
export async function seedWorkspace(
  core: SeedCore,
  options: SeedWorkspaceOptions,
): Promise<SeededWorkspace> {
  const { random } = core.ports;
  const password = options.password ?? random.bytes(24).toBase64();
  const link = await core.access.setupLink();
  if (link === null) throw new Error("Cannot seed: this Parley is set up already");
  const [owner, ...others] = TEAM;
  const setUp = await core.access.setUp(link.slice(link.lastIndexOf("/") + 1), {
    workspaceName: "Veloce",
    name: owner.name,
    email: owner.email,
    password,
    inboxName: INBOXES.support,
  });
  const { principal } = valueOf("set up", setUp);
  if (principal.type !== "user") throw new TypeError("Cannot seed: the owner is no user");
  const members = new Map<MemberKey, User>([[owner.key, principal.user]]);
  for (const { key, name, email, role } of others) {
    const made = await core.access.createUser(SEEDER, { name, email, role, password });
    members.set(key, valueOf(`create ${email}`, made));
  }

  const membersOf = (inbox: InboxKey) =>
    TEAM.filter(({ inboxes }) => inboxes.includes(inbox))
      .flatMap(({ key }) => members.get(key)?.id ?? []);
  const [first] = valueOf("list inboxes", await core.inboxes.list(SEEDER));
  if (first === undefined) throw new Error("Cannot seed: set-up made no inbox");
  valueOf(
    "fill the first inbox",
    await core.inboxes.update(SEEDER, first.id, { memberIds: membersOf("support") }),
  );
  const create = async (inbox: InboxKey) => {
    const group = { name: INBOXES[inbox], memberIds: membersOf(inbox) };
    const team = valueOf(`create team "${inbox}"`, await core.teams.create(SEEDER, group));
    const input = { ...group, teamIds: [team.id] };
    return valueOf(`create inbox "${inbox}"`, await core.inboxes.create(SEEDER, input)).id;
  };
  const inboxIds = {
    support: first.id,
    workshop: await create("workshop"),
    rentals: await create("rentals"),
  };

  await seedSnippets(core, SEEDER);
  const chat = await core.channels.create(SEEDER, {
    type: "chat",
    inboxId: inboxIds.support,
    name: "Website chat",
    config: {
      title: "Veloce",
      greeting: "Hi! Ask us anything about bikes.",
      replyTime: "Usually answers in a few minutes",
      accentColor: "#0b6e4f",
      sessionsPerHour: 1_000_000,
      messagesPerMinute: 1_000_000,
      filesPerHour: 1_000_000,
    },
  });
  const secret = options.inboundSecret ?? random.bytes(24).toHex();
  const mailbox = async (inbox: InboxKey) => {
    const made = await core.channels.create(SEEDER, {
      type: "email",
      inboxId: inboxIds[inbox],
      name: mailboxOf(inbox),
      config: {
        address: mailboxOf(inbox),
        fromName: "Veloce",
        signature: "Veloce, Oudegracht 118, Utrecht",
        inbound: { kind: "push", provider: "raw", secret },
        outbound: { kind: "smtp", ...options.smtp, security: "none" },
      },
    });
    return valueOf(`create mailbox "${inbox}"`, made).id;
  };
  return {
    members,
    inboxIds,
    channelIds: {
      chat: valueOf("create chat", chat).id,
      support: await mailbox("support"),
      workshop: await mailbox("workshop"),
      rentals: await mailbox("rentals"),
    },
  };
}

function valueOf<T>(what: string, result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`Cannot ${what}: ${JSON.stringify(result.error)}`);
}
