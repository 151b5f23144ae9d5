import { Avatar, type AvatarProps } from "./Avatar.tsx";

export interface PersonProps extends Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl"> {
  /** "Customer since April, Utrecht". */
  readonly lead?: string | undefined;
}

/** Whom this is about, at the top of the sidebar. */
export function Person({ lead, ...who }: PersonProps) {
  return (
    <div class="person">
      <Avatar {...who} size={40} />
      <div class="truncate">
        <h2 class="truncate" title={who.name}>{who.name}</h2>
        {lead && <p class="truncate" title={lead}>{lead}</p>}
      </div>
    </div>
  );
}
