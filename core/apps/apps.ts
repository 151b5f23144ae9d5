import { ACCESS_QUEUE, can, type Principal, takeTurn } from "../access/mod.ts";
import type { AnyAppKind } from "../channel/mod.ts";
import {
  checkConfig,
  configSchema,
  mergeConfig,
  openSecrets,
  shownConfig,
} from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { App } from "../model/app.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { appKinds } from "./open_app.ts";
import { baseUrl, redirectUrl } from "./redirect_url.ts";

/** A kind of app that can be added. */
export interface AppType {
  /** Value of an app's `adapter`. */
  readonly adapter: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema of its config; fields carry `title`, `help`, `secret`, `widget` and `advanced`. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly guide: AnyAppKind["guide"];
  /** What the provider's review asks about, with answers to copy. */
  readonly review: NonNullable<AnyAppKind["review"]>;
  /** The address to enter at the provider, where people sign in with it; null otherwise. */
  readonly redirectUrl: string | null;
}

/** An app as it is shown: secrets read as `{set: true}` or `{set: false}`. */
export interface ShownApp extends Omit<App, "secrets"> {
  /** Where the provider delivers for all its accounts; null where it does not. */
  readonly webhookUrl: string | null;
  /** Where the provider says that somebody wants their data deleted; null where it does not. */
  readonly dataDeletionUrl: string | null;
}

/** A new app; its config as its kind's schema says, secrets in the clear. */
export interface AppInput {
  readonly adapter: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What may be changed about an app; absent fields stay. */
export interface AppPatch {
  readonly name?: string | undefined;
  /** Replaces the fields it names; a secret sent back as `{set: true}` stays, null takes it away. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** Credentials shared by channels. For those who manage channels only. */
export interface Apps {
  types(): readonly AppType[];
  list(principal: Principal): Promise<Result<readonly ShownApp[], CoreError>>;
  get(principal: Principal, id: string): Promise<Result<ShownApp, CoreError>>;
  create(
    principal: Principal,
    input: AppInput,
    options?: Once,
  ): Promise<Result<ShownApp, CoreError>>;
  update(principal: Principal, id: string, patch: AppPatch): Promise<Result<ShownApp, CoreError>>;
  /** Only an app that no channel uses. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
}

/** Kind of the job that follows a change of an app's settings: payload `{appId}`. */
export const APP_CHANGED_JOB = "apps.changed";

export function createApps({ store, ports, config, adapters }: CoreContext): Apps {
  const kinds = appKinds(adapters);
  function shown({ secrets, ...app }: App): ShownApp {
    const kind = kinds.get(app.adapter);
    const sealed = { config: app.config, secrets };
    const hook = `${baseUrl(config)}/hooks/app/${app.id}`;
    return {
      ...app,
      config: kind === undefined ? app.config : shownConfig(kind, sealed),
      webhookUrl: kind?.webhook === undefined ? null : hook,
      dataDeletionUrl: kind?.dataDeletion === undefined ? null : `${hook}/data-deletion`,
    };
  }

  async function patchedConfig(
    app: App,
    patch: AppPatch,
  ): Promise<Result<Pick<App, "config" | "secrets">, CoreError>> {
    if (patch.config === undefined) return ok(app);
    const kind = kinds.get(app.adapter);
    if (kind === undefined) {
      return err({ code: "unsupported", message: "This kind of app is not installed" });
    }
    const opened = await openSecrets(store.vault, app);
    return await checkConfig(store.vault, kind, mergeConfig(opened, patch.config));
  }

  return {
    types: () =>
      [...kinds.values()].map((kind) => ({
        adapter: kind.id,
        title: kind.label,
        description: kind.description,
        configSchema: configSchema(kind).json,
        guide: kind.guide,
        review: kind.review ?? [],
        redirectUrl: kind.oauth === undefined ? null : redirectUrl(config),
      })),

    async list(principal) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const all = await Array.fromAsync(store.list(keys.apps()));
      return ok(all.map(({ value }) => shown(value)));
    },

    async get(principal, id) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const app = await store.get(keys.app(id));
      return app === null ? err(notFound("app")) : ok(shown(app));
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const kind = kinds.get(input.adapter);
      if (kind === undefined) {
        return err(invalid("adapter", `"${input.adapter}" is not a kind of app`));
      }
      const name = input.name.trim();
      if (name === "") return err(invalid("name", "is empty"));
      const checked = await checkConfig(store.vault, kind, input.config);
      if (!checked.ok) return checked;
      const created = await transact<Result<App, CoreError>>(
        store,
        (tx) =>
          once(tx, options, () => {
            const app: App = {
              id: ports.ids.next("app"),
              adapter: kind.id,
              name,
              ...checked.value,
              createdAt: tx.now,
              updatedAt: tx.now,
            };
            tx.insert(keys.app(app.id), app);
            return Promise.resolve(ok(app));
          }),
      );
      return created.ok ? ok(shown(created.value)) : created;
    },

    async update(principal, id, patch) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const name = patch.name?.trim();
      if (name === "") return err(invalid("name", "is empty"));
      const updated = await transact<Result<App, CoreError>>(store, async (tx) => {
        const app = await tx.get(keys.app(id));
        if (app === null) return err(notFound("app"));
        const patched = await patchedConfig(app, patch);
        if (!patched.ok) return patched;
        const after = { ...app, ...patched.value, name: name ?? app.name, updatedAt: tx.now };
        tx.set(keys.app(id), after);
        if (patch.config !== undefined) {
          tx.job({ kind: APP_CHANGED_JOB, payload: { appId: id }, dueAt: tx.now });
        }
        return ok(after);
      }, { queue: id });
      return updated.ok ? ok(shown(updated.value)) : updated;
    },

    async remove(principal, id) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      return await transact<Result<null, CoreError>>(store, async (tx) => {
        // Whoever gives it to a channel at this moment finds no app, or the channel is found here.
        await takeTurn(tx, "inboxes");
        if (await tx.get(keys.app(id)) === null) return err(notFound("app"));
        for await (const { value } of tx.list(keys.channels())) {
          if (value.appId !== id) continue;
          const message = `The channel "${value.name}" uses this app`;
          return err({ code: "conflict", message });
        }
        tx.delete(keys.app(id));
        return ok(null);
      }, ACCESS_QUEUE);
    },
  };
}
