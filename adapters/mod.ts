/** Every kind of channel Parley knows: one line each. */
import type { AnyAdapter } from "../core/channel/mod.ts";
import { api } from "./api/mod.ts";
import { chat } from "./chat/mod.ts";
import { email } from "./email/mod.ts";
import { form } from "./form/mod.ts";
import { messenger } from "./messenger/mod.ts";
import { practice } from "./practice/mod.ts";

/** In the order in which they are offered. */
export const adapters: readonly AnyAdapter[] = [chat, email, form, messenger, api, practice];
