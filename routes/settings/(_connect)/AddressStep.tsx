import type { ChannelType } from "@/core/mod.ts";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";

export interface AddressStepProps {
  /** The page itself. */
  readonly action: string;
  readonly suggest: NonNullable<ChannelType["suggest"]>;
  readonly address: string;
  /** Inbox the page was opened for; "" for none. */
  readonly inboxId: string;
  readonly error?: string | undefined;
}

/** One field; its settings are looked up next. A plain GET: nothing is changed by it. */
export function AddressStep({ action, suggest, address, inboxId, error }: AddressStepProps) {
  return (
    <div class="page-cols">
      <form class="form" id="channel" method="get" action={action} aria-label={suggest.title}>
        {inboxId !== "" && <input type="hidden" name="inbox" value={inboxId} />}
        <TextField
          name="address"
          type="email"
          label={suggest.label}
          value={address}
          placeholder="support@example.com"
          autocomplete="off"
          autofocus
          required
          maxLength={320}
          hint="Its servers are looked up. Nothing is stored yet."
          error={error}
        />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Look it up</Button>
          <a class="link meta" href={`${action}?by=hand`}>Fill in everything yourself</a>
        </div>
      </form>
      <aside class="stack aside">
        <div>
          <h2>Where it is looked up</h2>
          <ul>
            {PLACES.map((place) => (
              <li key={place} class="side-item">
                <span class="ok">
                  <Icon name="check" size={14} />
                </span>
                <span>{place}</span>
              </li>
            ))}
          </ul>
        </div>
      </aside>
    </div>
  );
}

const PLACES = [
  "Providers that Parley knows",
  "The name servers of its domain",
  "What the domain says to mail programs",
] as const;
