/** Fills an empty data folder with the shop of `core/admin/seed`, before a server runs on it. */
import { adapters } from "../adapters/mod.ts";
import {
  loadPlan,
  makePlan,
  markAsDemo,
  type MemberKey,
  type PlanOptions,
  type SeededWorkspace,
  seedWorkspace,
  type SeedWorkspaceOptions,
} from "../core/admin/seed/mod.ts";
import { type Core, createCore, openStore, type Principal, readConfig } from "../core/mod.ts";
import { createPorts, readOrMakeSecret } from "../core/platform/mod.ts";

export interface SeedDataOptions extends SeedWorkspaceOptions {
  readonly dataDir: string;
  /** The server's, for the addresses of links. */
  readonly port: number;
  readonly plan: PlanOptions;
  /** Turns the shop page at `/demo` on. */
  readonly isDemo?: boolean;
}

export interface SeededData extends SeededWorkspace {
  readonly conversationIds: readonly string[];
  readonly messages: number;
  /** Address that signs a member in, good for a day. */
  readonly signInLinks: ReadonlyMap<MemberKey, string>;
  /** API token with an owner's rights. */
  readonly apiToken: string;
}

const ROOT: Principal = { type: "token", id: "tok_seed", name: "Seed", role: "owner" };

/** @throws Error when the folder is in use or holds data already. */
export async function seedData(options: SeedDataOptions): Promise<SeededData> {
  const { dataDir, port } = options;
  const config = readConfig({
    PARLEY_DATA: dataDir,
    PORT: String(port),
    PARLEY_LOG: "warn",
    PARLEY_ALLOW_PRIVATE_HOSTS: `${options.smtp.host}:${options.smtp.port}`,
  });
  if (!config.ok) throw new Error(`${config.error.name} ${config.error.message}`);
  await Deno.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const ports = createPorts(config.value);
  const secret = await readOrMakeSecret(`${dataDir}/secret`, ports.random);
  if (!secret.ok) throw new Error(secret.error.message);
  const opened = await openStore({
    path: `${dataDir}/parley.kv`,
    lockPath: `${dataDir}/parley.lock`,
    ports,
    secrets: { current: secret.value, old: [] },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  // Never started: nothing is sent and no follower runs. Stopping it closes the store.
  const core = createCore({ store, ports, config: config.value, adapters });
  try {
    const workspace = await seedWorkspace(core, options);
    const loaded = await loadPlan(store, workspace, makePlan(options.plan), options.plan.seed);
    if (options.isDemo) {
      const demoPracticeChannelId = await addPractice(core, workspace.inboxIds.support);
      const demoChannelId = workspace.channelIds.chat;
      const demoFormChannelId = await addForm(core, {
        inboxId: workspace.inboxIds.workshop,
        replyChannelId: workspace.channelIds.workshop,
      });
      await markAsDemo(store, { demoChannelId, demoPracticeChannelId, demoFormChannelId });
    }
    const signInLinks = new Map<MemberKey, string>();
    for (const [key, user] of workspace.members) {
      const link = await core.access.createSignInLink(ROOT, user.id);
      if (!link.ok) throw new Error(`Cannot make a sign-in link: ${link.error.code}`);
      signInLinks.set(key, link.value);
    }
    const token = await core.access.createToken(ROOT, { name: "Seed", role: "owner" });
    if (!token.ok) throw new Error(`Cannot make an API token: ${token.error.code}`);
    return { ...workspace, ...loaded, signInLinks, apiToken: token.value.token };
  } finally {
    await core.stop();
  }
}

/** The workshop's form, for the shop's page and a page of its own. */
async function addForm(
  core: Pick<Core, "channels">,
  { inboxId, replyChannelId }: { readonly inboxId: string; readonly replyChannelId: string },
): Promise<string> {
  const made = await core.channels.create(ROOT, {
    type: "form",
    inboxId,
    name: "Workshop form",
    config: {
      title: "Book the workshop",
      intro: "Tell us what is wrong. We answer within one working day, with a date.",
      submitLabel: "Request a date",
      accentColor: "#0b6e4f",
      replyChannelId,
      fields: [
        { name: "name", type: "text", label: "Your name", required: true, width: "half" },
        { name: "email", type: "email", label: "Email", required: true, width: "half" },
        {
          name: "what",
          type: "select",
          label: "What needs care?",
          options: ["Frame or fork", "Drivetrain", "Brakes", "Something else"],
        },
        { name: "message", type: "textarea", label: "What happened?", required: true },
        { name: "photos", type: "file", label: "Photos" },
      ],
    },
  });
  if (!made.ok) throw new Error(`Cannot add the workshop's form: ${made.error.code}`);
  return made.value.id;
}

/** Customers who answer back, and a new one now and then. */
async function addPractice(core: Pick<Core, "channels">, inboxId: string): Promise<string> {
  const made = await core.channels.create(ROOT, {
    type: "practice",
    inboxId,
    name: "Practice customers",
    config: { everyMinutes: 10, answerSeconds: 8 },
  });
  if (!made.ok) throw new Error(`Cannot add practice customers: ${made.error.code}`);
  return made.value.id;
}
