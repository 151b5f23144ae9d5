import type { z } from "zod";
import type { DataDeletionPort, SharedWebhookPort } from "./shared.ts";

/** Credentials that channels share: a client registered with Google, an app at Meta. */
export interface AppKind<AppConfig = unknown> {
  /** `^[a-z][a-z0-9_]*$`. Adapters that name the same kind share its apps. */
  readonly id: string;
  /** The provider, as people know it: "Google". */
  readonly label: string;
  /** One sentence for the settings page. */
  readonly description: string;
  /** As an adapter's: `.meta({title, help, secret, widget, advanced})` drives the form. */
  readonly config: z.ZodType<AppConfig>;
  /** How somebody makes one at the provider, step by step. */
  readonly guide: readonly { readonly title: string; readonly text: string }[];
  /** What the provider's review of an app asks, answered for what Parley does. */
  readonly review?: readonly ReviewText[];
  /** Present when people sign in with it. Pure. */
  readonly oauth?: (config: AppConfig) => OAuthProvider;
  /** Present when the provider delivers for all accounts of an app to one address. */
  readonly webhook?: SharedWebhookPort<AppConfig>;
  readonly dataDeletion?: DataDeletionPort<AppConfig>;
}

/** What a provider wants to know before it lets an app do something. */
export interface ReviewText {
  /** As the provider names it. */
  readonly permission: string;
  /** Nothing works without it; others are for one thing. */
  readonly isNeeded: boolean;
  /** What Parley does with it: one sentence for the team. */
  readonly use: string;
  /** To be copied into the review's form. */
  readonly text: string;
}

/** A provider's side of OAuth 2 (authorization code with PKCE), as data. The core does the rest. */
export interface OAuthProvider {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** Those without which a sign-in is of no use: people may untick them. */
  readonly neededScopes: readonly string[];
  /** Whether it gives lasting access: a sign-in without a refresh token is refused then. */
  readonly givesRefreshToken: boolean;
  /** Sent along to the authorize address. */
  readonly authorizeParams: Readonly<Record<string, string>>;
  /** In their place when another account than the one signed in is to be chosen. */
  readonly chooseAccountParams: Readonly<Record<string, string>>;
  /** The account's addresses by the claims of its ID token, the one to show first. Pure; empty when it has none. */
  accountsOf(claims: Readonly<Record<string, unknown>>): readonly string[];
}

/** For channels that sign in by OAuth. Pure; secrets may be missing from the config. */
export interface OAuthPort<Config> {
  /** Whether a channel with these settings signs in so: then it names an app. */
  isUsed(config: Config): boolean;
  /** Address of the account that must be signed in; null: any will do. */
  accountOf(config: Config): string | null;
}

/** An app kind whose config type is hidden: what the registry and the core hold. */
// deno-lint-ignore no-explicit-any -- config types differ by kind; each is only given what its schema returned
export type AnyAppKind = AppKind<any>;
