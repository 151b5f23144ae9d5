import { HttpError } from "fresh";
import { type Action, can, type Principal } from "@/core/mod.ts";
import type { RailMeProps } from "@/islands/(_components)/RailMe.tsx";
import type { SettingsPlace } from "@/islands/(_components)/SettingsNav.tsx";
import type { State } from "../../(_shared)/define.ts";

/** What every settings page shows around itself. */
export interface SettingsFrame extends RailMeProps {
  readonly places: readonly SettingsPlace[];
  readonly brokenChannels: number;
}

export type UserPrincipal = Extract<Principal, { type: "user" }>;

/** The signed-in person. The folder's middleware lets nobody else in. @throws HttpError 401 otherwise. */
export function userOf({ principal }: State): UserPrincipal {
  if (principal?.type !== "user") throw new HttpError(401);
  return principal;
}

/** The signed-in person, if they may do this. @throws HttpError 403 otherwise. */
export function userWho(state: State, action: Action): UserPrincipal {
  const principal = userOf(state);
  if (!can(principal, action)) throw new HttpError(403);
  return principal;
}

/** The signed-in person as the rail shows them. */
export async function railUser(state: State): Promise<RailMeProps["user"]> {
  const { user } = userOf(state);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    availability: user.availability,
    pictureUrl: user.avatarAttachmentId === null
      ? null
      : await state.core.attachments.sign(user.avatarAttachmentId),
  };
}

/** Reads what the frame of a settings page needs. */
export async function settingsFrame(state: State): Promise<SettingsFrame> {
  const { core } = state;
  const principal = userOf(state);
  const places = settingsPlaces(principal);
  const channels = places.includes("channels") ? await core.channels.list(principal) : null;
  return {
    user: await railUser(state),
    places,
    brokenChannels: channels?.ok
      ? channels.value.filter(({ status }) => status === "error").length
      : 0,
  };
}

/** The settings pages somebody may open. */
export function settingsPlaces(principal: Principal): readonly SettingsPlace[] {
  const places: SettingsPlace[] = ["profile", "views"];
  if (can(principal, "workspace.manage")) places.push("users");
  if (can(principal, "inbox.manage")) places.push("inboxes");
  if (can(principal, "channel.manage")) places.push("channels", "apps");
  if (can(principal, "snippet.write")) places.push("snippets", "macros");
  if (can(principal, "workspace.manage")) places.push("tags", "tokens");
  if (can(principal, "journal.read")) places.push("journal");
  return places;
}
