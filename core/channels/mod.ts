/**
 * Configured connections of adapters: their settings, their secrets (sealed apart from the rest), their health, and
 * the {@link Io} an adapter works through. Knows every adapter only by its contract.
 * @module
 */
export type { ChannelInput, ChannelPatch } from "./channel_input.ts";
export {
  type Channels,
  type ChannelWithSecrets,
  createChannels,
  type OpenedChannel,
} from "./channels.ts";
export type { ChannelType } from "./channel_type.ts";
export type { Suggest } from "./suggest.ts";
export { isListedHost, type Reach, reachHost } from "./reach.ts";
export type { TestChannel, TestedStep, TestNews } from "./test_channel.ts";
