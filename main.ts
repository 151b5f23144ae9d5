/**
 * The Fresh app and the composition root. `boot()` runs on the first request or from `serve.ts`, never on import: a
 * build imports this file.
 */
import { App, staticFiles } from "fresh";
import { createApiMailer, createSystemMailer } from "./adapters/email/mod.ts";
import { adapters } from "./adapters/mod.ts";
import {
  type Config,
  type Core,
  createCore,
  openSqliteIndex,
  openStore,
  type Ports,
  readConfig,
} from "./core/mod.ts";
import {
  createPorts,
  makeDataDir,
  readCertificate,
  readOrMakeSecret,
} from "./core/platform/mod.ts";
import { err, ok, type Result } from "./core/result.ts";
import { ensureRunning, type Running, slot, type StartProblem } from "./core/slot.ts";
import { api } from "./routes/(_api)/mod.ts";
import { hooks } from "./routes/(_hooks)/mod.ts";
import { answerAdmin } from "./routes/(_shared)/admin_endpoint.ts";
import type { State } from "./routes/(_shared)/define.ts";
import { createGuard, type Guard } from "./routes/(_shared)/security.ts";
import { principalOf } from "./routes/(_shared)/session.ts";
import { visitorApi } from "./routes/(_visitor)/mod.ts";

slot().boot = boot;

/** One per process and copy of this module; it only remembers what it has warned of. */
const guards = new WeakMap<Running, Guard>();

export const app = new App<State>()
  .use(async (ctx) => {
    const started = await ensureRunning();
    if (!started.ok) return ctx.text(started.error.message, { status: 503 });
    const running = started.value;
    const { core, config } = running;
    const guard = guards.get(running) ?? createGuard({ config, log: core.ports.log });
    guards.set(running, guard);
    const { remoteAddr } = ctx.info;
    const request = {
      req: ctx.req,
      url: ctx.url,
      socketAddress: "hostname" in remoteAddr ? remoteAddr.hostname : "",
      mode: ctx.config.mode,
    };
    Object.assign(ctx.state, {
      core,
      config,
      principal: null,
      remoteAddress: guard.remoteAddress(request),
      t0: core.ports.clock.now(),
    });
    return await guard.run(request, () => ctx.next());
  })
  .all("/_admin", (ctx) => answerAdmin(ctx.req, { ...ctx.state, socketAddress: peerOf(ctx) }))
  .all(
    "/_admin/import",
    (ctx) => answerAdmin(ctx.req, { ...ctx.state, socketAddress: peerOf(ctx) }),
  )
  // Whoever writes or delivers here proves it to the channel: neither files nor accounts are looked up.
  .all("/visitor/v1/*", (ctx) => visitorApi.fetch(ctx.req, ctx.state))
  .all("/hooks/*", (ctx) => hooks.fetch(ctx.req, ctx.state))
  .use(staticFiles())
  .use(async (ctx) => {
    const { core, config } = ctx.state;
    Object.assign(ctx.state, {
      principal: await principalOf(ctx.req.headers, core.access, config),
    });
    return await ctx.next();
  })
  .all("/api/*", (ctx) => api.fetch(ctx.req, ctx.state))
  .fsRoutes();

/** Address of the socket's other end. */
function peerOf({ info: { remoteAddr } }: { readonly info: Deno.ServeHandlerInfo }): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname : "";
}

async function boot(): Promise<Result<Running, StartProblem>> {
  const read = readConfig(Deno.env.toObject());
  if (!read.ok) return cannotStart(`${read.error.name} ${read.error.message}`);
  const config = read.value;
  const createMailer = mailerOf(config);
  const { workerEntry } = slot();
  const ports = createPorts(config, {
    ...createMailer === undefined ? {} : { createMailer },
    ...workerEntry === undefined ? {} : { workerEntry },
  });
  const usesFile = config.kv === null && !config.isDeploy;
  if (!config.isDeploy && (usesFile || config.secret === null)) {
    const made = await makeDataDir(config.dataDir);
    if (!made.ok) return cannotStart(made.error.message);
  }
  const secret = config.secret === null
    ? await readOrMakeSecret(`${config.dataDir}/secret`, ports.random)
    : ok(config.secret);
  if (!secret.ok) return cannotStart(secret.error.message);
  const store = await openStore({
    path: usesFile ? `${config.dataDir}/parley.kv` : config.kv ?? undefined,
    ...usesFile ? { lockPath: `${config.dataDir}/parley.lock` } : {},
    ports,
    secrets: { current: secret.value, old: config.oldSecrets },
  });
  if (!store.ok) return cannotStart(store.error.message);

  const core = createCore({
    store: store.value,
    ports,
    config,
    adapters,
    ...usesFile ? { searchIndex: openSqliteIndex(`${config.dataDir}/search.db`, ports) } : {},
  });
  await core.start();
  if (config.admin !== null) {
    const made = await core.access.ensureAdmin(config.admin.email, config.admin.password);
    if (!made.ok) {
      return cannotStart(
        `PARLEY_ADMIN_EMAIL or PARLEY_ADMIN_PASSWORD is refused: ${made.error.code}`,
      );
    }
  }
  const listening = await listen(core, config);
  if (!listening.ok) return listening;
  const setUp = await core.access.setupLink();
  if (setUp !== null) console.log(`Set up Parley here, once: ${setUp}`);
  return ok({
    core,
    config,
    address: { hostname: config.host, port: config.port },
    cron: () => core.cron(),
    stop: (signal) => core.stop(signal),
  });
}

/** The built-in SMTP receiver, when the environment asks for it. Its certificate is read once, here. */
async function listen(core: Core, config: Config): Promise<Result<null, StartProblem>> {
  if (config.smtpListen === null) return ok(null);
  const certificate = await readCertificate(config.dataDir);
  if (!certificate.ok) return cannotStart(certificate.error);
  const listening = await core.listen(certificate.value);
  if (!listening.ok) return cannotStart(`PARLEY_SMTP_LISTEN: ${listening.error}`);
  const name = config.smtpListen.hostname;
  const tls = certificate.value === null ? "without TLS" : "with STARTTLS";
  console.log(`Parley takes mail on ${name}:${listening.value} ${tls}`);
  return ok(null);
}

function cannotStart(reason: string): Result<never, StartProblem> {
  return err({ code: "cannot_start", message: `Cannot start: ${reason}` });
}

/** Parley's own mail, when the environment names a server or a mail service for it. */
function mailerOf({ smtpUrl, mailApi, url }: Config) {
  if (smtpUrl === null && mailApi === null) return undefined;
  const user = smtpUrl === null ? "" : decodeURIComponent(new URL(smtpUrl).username);
  const host = mailApi?.domain ?? new URL(url ?? smtpUrl ?? "http://localhost").hostname;
  const from = `Parley <${user.includes("@") ? user : `parley@${host}`}>`;
  return ({ clock, random, fetch }: Pick<Ports, "clock" | "random" | "fetch">) => {
    const options = { from, now: () => clock.now(), random, fetch };
    if (mailApi !== null) return createApiMailer(mailApi, options);
    // One of the two is there.
    return createSystemMailer(smtpUrl ?? "", options);
  };
}
