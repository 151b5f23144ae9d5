import type { ApiMessage } from "../../../core/model/api.ts";
import type { AvatarProps } from "../../(_components)/Avatar.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Who wrote a message, as pictures and names show it: the reader is "You". */
export function authorOf(
  { data, current }: Pick<WorkspaceModel, "data" | "current">,
  { author, isOutside }: ApiMessage,
): Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl" | "initialsOf"> {
  const id = author.id ?? author.name;
  if (author.type === "contact") {
    // Messages keep the name of their day: a provider may tell it after the first one.
    const isCustomer = current.value !== null && current.value.contactId === author.id;
    return { id, name: isCustomer ? current.value.contactName : author.name, of: "contact" };
  }
  if (isOutside === true) return { id, name: author.name, of: "team" };
  if (author.type !== "user") return { id, name: author.name, of: "bot" };
  const person = data.people.find((one) => one.id === author.id);
  return {
    id,
    name: author.id === data.me.id ? "You" : author.name,
    of: "team",
    initialsOf: author.name,
    pictureUrl: person?.avatarUrl,
  };
}

/** Id of the element that shows a message. */
export function messageElementId(messageId: string): string {
  return `message-${messageId}`;
}
