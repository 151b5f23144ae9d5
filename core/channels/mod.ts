/**
 * Configured connections of adapters: their settings, their secrets (sealed apart from the rest), their health, and
 * the {@link Io} an adapter works through. Knows every adapter only by its contract.
 * @module
 */
export { type ChannelSignIn, holdsSignIn } from "./channel_sign_in.ts";
export type { ChannelInput, ChannelPatch } from "./channel_input.ts";
export type { GetAccessToken } from "./io.ts";
export { type Channels, type ChannelWithSecrets, createChannels } from "./channels.ts";
export { channelTags } from "./channel_tags.ts";
export type { ChannelType } from "./channel_type.ts";
export type { FoundSuggestion, Suggest } from "./suggest.ts";
export type { TestChannel, TestedStep, TestNews } from "./test_channel.ts";
export { appIo } from "./app_io.ts";
export { checkConfig } from "./check_config.ts";
export { configSchema } from "./config_schema.ts";
export { mailChannelOf } from "./mail_channel.ts";
export { markBroken, settingsChanged } from "./mark_channel.ts";
export { followPinned, type PinnedFetcher } from "./fetch_pinned.ts";
export { mergeConfig } from "./merge_config.ts";
export type { ListTemplates } from "./list_templates.ts";
export type { OpenedChannel } from "./open_channel.ts";
export { allowedHosts, isListedHost, type Reach, reachHost } from "./reach.ts";
export { CONNECTION_JOB } from "./plan_connection.ts";
export { createRedactor, type Redact } from "./redactor.ts";
export { openSecrets, secretsIn, shownConfig } from "./sealed_config.ts";
export { signInAgain, signInFirst } from "./sign_in_words.ts";
