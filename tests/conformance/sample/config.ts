import { z } from "zod";

/** Settings of a Sample channel. */
export const SampleConfig = z.strictObject({
  key: z.string().min(8).max(512).meta({
    title: "API key",
    help: "From your account at the provider.",
    secret: true,
  }),
  webhookSecret: z.string().min(8).max(512).meta({
    title: "Webhook secret",
    help: "With which the provider signs what it delivers.",
    secret: true,
  }),
});
export type SampleConfig = z.infer<typeof SampleConfig>;
