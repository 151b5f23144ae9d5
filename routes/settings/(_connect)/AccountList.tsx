import type { FoundAccounts } from "@/core/mod.ts";
import type { Inbox } from "@/core/model/inbox.ts";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { InboxChoice } from "./InboxChoice.tsx";

export interface AccountListProps {
  readonly action: string;
  /** Where another secret is pasted. */
  readonly back: string;
  readonly found: FoundAccounts;
  readonly appId: string;
  readonly inboxes: readonly Inbox[];
  readonly inboxId: string;
  /** Keys of those that were chosen. */
  readonly chosen: readonly string[];
}

/** The accounts that were found; those that cannot be connected say why. */
export function AccountList(props: AccountListProps) {
  const { action, back, found, appId, inboxes, inboxId, chosen } = props;
  if (found.accounts.length === 0) {
    return (
      <EmptyState
        title="Nothing was found"
        actions={<LinkButton href={back}>Paste another</LinkButton>}
      >
        What you pasted is accepted, but opens no account. Choose the accounts when you make it.
      </EmptyState>
    );
  }
  const free = found.accounts.filter(({ channel, problem }) => !channel && problem === null);
  return (
    <form class="form" id="channel" method="post" action={action} aria-label="What was found">
      <input type="hidden" name="appId" value={appId} />
      <input type="hidden" name="ticket" value={found.ticket} />
      <fieldset class="box accounts">
        <legend class="sr">What was found</legend>
        {found.accounts.map(({ key, name, detail, problem, channel }) => (
          <div key={key} class="box-row">
            <Choice
              kind="checkbox"
              name="account"
              value={key}
              checked={chosen.includes(key) || (free.length === 1 && free[0]?.key === key)}
              disabled={channel !== null || problem !== null}
              hint={problem ?? (channel === null ? detail : `Connected already: ${channel.name}`)}
            >
              <b>{name}</b>
            </Choice>
          </div>
        ))}
      </fieldset>
      <InboxChoice inboxes={inboxes} inboxId={inboxId} />
    </form>
  );
}
