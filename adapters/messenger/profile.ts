import { z } from "zod";
import {
  type ChannelView,
  err,
  type Identity,
  type Io,
  ok,
  type Profile,
  type ProfileError,
  type Result,
  type SendError,
} from "../../core/channel/mod.ts";
import { type PageAccess, pageAccess } from "./access.ts";
import type { MessengerConfig } from "./config.ts";
import { callGraph } from "./meta/mod.ts";
import { psidOf } from "./psid.ts";

const Text = z.string().trim().max(300).optional().catch(undefined);
const Person = z.object({
  first_name: Text,
  last_name: Text,
  profile_pic: z.url({ protocol: /^https?$/ }).optional().catch(undefined),
});
const Threads = z.object({
  data: z.array(z.object({
    participants: z.object({
      data: z.array(z.object({ id: z.string(), name: Text })),
    }),
  })),
});

/** A customer's name and picture. Without the right to profiles, the name alone, by the conversation. */
export async function fetchProfile(
  identity: Identity,
  channel: ChannelView<MessengerConfig>,
  io: Io,
): Promise<Result<Profile, ProfileError>> {
  const access = pageAccess(channel);
  if (!access.ok) return err({ code: "unavailable", message: access.error });
  const psid = psidOf([identity], access.value.pageId);
  if (psid === null) {
    return err({ code: "refused", message: "This person is known to another Page." });
  }
  const query = { fields: "first_name,last_name,profile_pic" };
  const path = encodeURIComponent(psid);
  const asked = await callGraph({ method: "GET", path, query }, access.value, io);
  if (!asked.ok) {
    return isRefusal(asked.error)
      ? await nameByThread(psid, access.value, io)
      : err({ code: "unavailable", message: asked.error.message });
  }
  const { first_name = "", last_name = "", profile_pic } = Person.safeParse(asked.value).data ?? {};
  return ok(profileOf(`${first_name} ${last_name}`, profile_pic));
}

async function nameByThread(
  psid: string,
  access: PageAccess,
  io: Io,
): Promise<Result<Profile, ProfileError>> {
  const path = `${encodeURIComponent(access.pageId)}/conversations`;
  const query = { user_id: psid, fields: "participants", platform: "messenger" };
  const asked = await callGraph({ method: "GET", path, query }, access, io);
  if (!asked.ok) {
    const code = isRefusal(asked.error) ? "refused" : "unavailable";
    return err({ code, message: "Facebook does not tell this Page who the customer is." });
  }
  const people = Threads.safeParse(asked.value).data?.data
    .flatMap(({ participants }) => participants.data) ?? [];
  return ok(profileOf(people.find(({ id }) => id === psid)?.name ?? "", undefined));
}

function profileOf(name: string, avatarUrl: string | undefined): Profile {
  const words = name.replace(/\s+/g, " ").trim();
  return {
    ...words !== "" && { name: words },
    ...avatarUrl !== undefined && { avatarUrl },
  };
}

/** Facebook answered, and asking again would meet the same answer. */
function isRefusal({ code }: SendError): boolean {
  return code !== "unavailable" && code !== "ambiguous" && code !== "rate_limited" &&
    code !== "unauthorized" && code !== "config";
}
