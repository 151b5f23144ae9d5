import type { ApiMessage } from "../../../core/model/api.ts";
import type { AvatarProps } from "../../(_components)/Avatar.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Who wrote a message, as pictures and names show it: the reader is "You". */
export function authorOf(
  { data }: Pick<WorkspaceModel, "data">,
  { author, isOutside }: ApiMessage,
): Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl" | "initialsOf"> {
  const id = author.id ?? author.name;
  if (author.type === "contact") return { id, name: author.name, of: "contact" };
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
