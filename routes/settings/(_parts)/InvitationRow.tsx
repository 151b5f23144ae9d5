import type { Inbox } from "@/core/model/inbox.ts";
import type { Role } from "@/core/model/user.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";
import { Time } from "@/islands/(_components)/Time.tsx";
import type { Clock } from "../../(_shared)/read_preferences.ts";
import { ROLE_NAMES } from "./roles.ts";

export interface InvitationRowProps {
  readonly invitation: {
    readonly id: string;
    readonly email: string;
    readonly role: Role;
    readonly inboxIds: readonly string[];
    readonly expiresAt: number;
  };
  readonly inboxes: readonly Inbox[];
  readonly clock: Clock;
}

/** Somebody who has a link and has not joined yet. */
export function InvitationRow({ invitation, inboxes, clock }: InvitationRowProps) {
  const { id, email, role, inboxIds, expiresAt } = invitation;
  return (
    <tr>
      <td>
        <div class="cell">
          <span class="avatar" data-none="" aria-hidden="true">
            <Icon name="mail" size={14} />
          </span>
          <span class="truncate">
            <b class="strong">{email}</b>
            <small class="meta">Invited</small>
          </span>
        </div>
      </td>
      <td>{ROLE_NAMES[role]}</td>
      <td class="hide-m" />
      <td class="hide-m">
        <span class="cluster">
          {inboxes.filter((inbox) => inboxIds.includes(inbox.id)).map(({ id, name }) => (
            <Tag key={id} name={name} hue={null} />
          ))}
        </span>
      </td>
      <td class="meta">
        Link ends <Time at={expiresAt} {...clock} as="upcoming" />
      </td>
      <td class="act">
        <form method="post" action="/settings/users?action=revoke">
          <input type="hidden" name="id" value={id} />
          <Button size="small" type="submit">
            Take back<span class="sr">{email}</span>
          </Button>
        </form>
      </td>
    </tr>
  );
}
