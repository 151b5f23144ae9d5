import {
  type CalledProvider,
  callProvider,
  type ChannelView,
  type Io,
  signParley,
} from "../../core/channel/mod.ts";
import type { ApiConfig } from "./config.ts";

/** How the other side is called in what people read. */
export const LABEL = "Your program";

/** Posts a signed JSON body to a channel's program, or asks it for something. Never throws. */
export async function callProgram(
  { config }: ChannelView<ApiConfig>,
  io: Io,
  { url = config.url, method = "POST", body, delivery }: {
    readonly url?: string;
    readonly method?: "GET" | "POST";
    readonly body?: Readonly<Record<string, unknown>>;
    /** By which a second request is known for the same. */
    readonly delivery?: string;
  },
): Promise<CalledProvider> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const secrets = [config.secret, config.previousSecret].filter((secret) => secret !== undefined);
  const signature = await signParley(secrets, new TextEncoder().encode(text), io.now());
  return await callProvider({
    method,
    url,
    headers: {
      ...body === undefined ? {} : { "Content-Type": "application/json" },
      "Parley-Signature": signature,
      ...delivery === undefined ? {} : { "Parley-Delivery": delivery },
    },
    ...body === undefined ? {} : { body: text },
  }, io);
}
