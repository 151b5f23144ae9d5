import type { AccountsPort, AnyAdapter, Capabilities } from "../channel/mod.ts";
import { configSchema } from "./config_schema.ts";

/** A kind of channel that can be added. */
export interface ChannelType {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema of its config; fields carry `title`, `help`, `secret`, `widget`, `advanced` and `ownPage`. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  /** How its settings are looked up, for the page that asks; null where they are filled in by hand. */
  readonly suggest: {
    readonly title: string;
    readonly lead: string;
    /** What is typed in. */
    readonly label: string;
  } | null;
  /** How its accounts are listed by what somebody pastes; null where there is nothing to list. */
  readonly accounts: Omit<AccountsPort, "list"> | null;
  /** Kinds of apps its channels may name. */
  readonly apps: readonly string[];
  /** Its channels have a form that visitors fill in; the config holds what a `FormLook` has, by the same names. */
  readonly hasForm: boolean;
}

/** What the settings page and the API tell about an adapter. */
export function channelType(adapter: AnyAdapter): ChannelType {
  const { suggest } = adapter;
  return {
    type: adapter.id,
    title: adapter.label,
    description: adapter.description,
    configSchema: configSchema(adapter).json,
    capabilities: adapter.capabilities,
    suggest: suggest === undefined
      ? null
      : { title: suggest.title, lead: suggest.lead, label: suggest.label },
    accounts: adapter.accounts === undefined ? null : shownAccounts(adapter.accounts),
    apps: adapter.apps?.map(({ id }) => id) ?? [],
    hasForm: adapter.form !== undefined,
  };
}

function shownAccounts(
  { appKind, title, lead, secret }: AccountsPort,
): Omit<AccountsPort, "list"> {
  return { appKind, title, lead, secret };
}
