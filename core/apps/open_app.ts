import type { AnyAdapter, AnyAppKind } from "../channel/mod.ts";
import { createRedactor, openSecrets, type Redact, secretsIn } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { App } from "../model/app.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";

/** An app ready to use. */
export interface OpenedApp {
  readonly app: App;
  readonly kind: AnyAppKind;
  /** With its secrets, as the kind's schema parsed it. */
  readonly config: unknown;
  /** Takes the app's secrets out of a text. */
  readonly redact: Redact;
}

/** The kinds of apps that the adapters' channels may use, by id. */
export function appKinds(adapters: ReadonlyMap<string, AnyAdapter>): Map<string, AnyAppKind> {
  const all = [...adapters.values()].flatMap(({ apps = [] }) => apps);
  return new Map(all.map((kind) => [kind.id, kind]));
}

/** The adapters whose channels may name apps of a kind. */
export function adaptersOf(
  adapters: ReadonlyMap<string, AnyAdapter>,
  kindId: string,
): readonly AnyAdapter[] {
  return [...adapters.values()].filter(({ apps = [] }) => apps.some(({ id }) => id === kindId));
}

/** An app with its secrets. The error is a sentence. */
export async function openApp(
  { store, adapters }: Pick<CoreContext, "store" | "adapters">,
  id: string,
): Promise<Result<OpenedApp, string>> {
  const app = await store.get(keys.app(id));
  if (app === null) return err("Its app no longer exists");
  const kind = appKinds(adapters).get(app.adapter);
  if (kind === undefined) return err(`No adapter knows the app's kind "${app.adapter}"`);
  const opened = await openSecrets(store.vault, app);
  const parsed = kind.config.safeParse(opened);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const what = `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
    return err(`The settings of the app "${app.name}" are not complete: ${what}`);
  }
  const redact = createRedactor(secretsIn(opened, app));
  return ok({ app, kind, config: parsed.data, redact });
}
