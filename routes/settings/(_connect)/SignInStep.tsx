import type { FoundSuggestion, ShownApp, SuggestedWay } from "@/core/mod.ts";
import type { Inbox } from "@/core/model/inbox.ts";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import type { ConfigField } from "../(_form)/config_fields.ts";
import { ConfigFields } from "../(_form)/ConfigFields.tsx";
import { CHANNEL_LABELS } from "../(_parts)/ChannelForm.tsx";
import { pathsFieldName, secretFieldName } from "./asked_secrets.ts";
import { isUsable } from "./is_usable.ts";
import { FoundAddress } from "./FoundAddress.tsx";
import { HelpText } from "./HelpText.tsx";
import { InboxChoice } from "./InboxChoice.tsx";
import { appHref, wayHref } from "./way_href.ts";

export interface SignInStepProps {
  readonly action: string;
  readonly suggestion: FoundSuggestion;
  readonly way: SuggestedWay;
  readonly fields: readonly ConfigField[];
  readonly inboxes: readonly Inbox[];
  readonly inboxId: string;
  /** All that this kind of channel may use. */
  readonly apps: readonly ShownApp[];
}

/** What was found, and what only a person knows: the password, and who answers. */
export function SignInStep(props: SignInStepProps) {
  const { action, suggestion, way, fields, inboxes, inboxId, apps } = props;
  const { address } = suggestion;
  const others = suggestion.ways.filter(({ id }) => id !== way.id);
  const own = apps.filter(({ adapter }) => adapter === way.appKind);
  return (
    <div class="page-cols">
      <form class="stack connect" id="channel" method="post" action={action} aria-label={way.title}>
        <FoundAddress {...{ action, suggestion, way }} />
        <div class="form">
          {(way.help !== "" || way.asks.length > 0) && (
            <div class="stack">
              {way.help !== "" && <HelpText text={way.help} url={way.helpUrl} />}
              {way.asks.map(({ label, paths }, i) => (
                <div key={label}>
                  <input type="hidden" name={pathsFieldName(i)} value={paths.join(" ")} />
                  <PasswordField
                    name={secretFieldName(i)}
                    label={label}
                    autocomplete="new-password"
                    hint="Stored encrypted, and never shown again."
                    autofocus={i === 0}
                  />
                </div>
              ))}
            </div>
          )}
          {own.length > 1
            ? (
              <Select
                name="appId"
                label="With the app"
                options={own.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )
            : own.map(({ id }) => <input key={id} type="hidden" name="appId" value={id} />)}
          <InboxChoice inboxes={inboxes} inboxId={inboxId} />
          <details class="more">
            <summary>
              <Icon name="right" size={14} />
              Servers and other settings
            </summary>
            <div class="form">
              <TextField
                name="name"
                label={CHANNEL_LABELS.name}
                required
                maxLength={100}
                value={address}
                hint="Only your team sees it."
              />
              <ConfigFields fields={fields} config={way.config} errors={{}} />
            </div>
          </details>
        </div>
      </form>
      <aside class="stack aside">
        <div>
          <h2>What happens next</h2>
          <p>
            {way.appKind === undefined
              ? `Parley signs in, sends a mail to ${address} and waits until it comes back. `
              : "You sign in there and come back here. "}
            Mail that came before stays where it is until you bring it in.
          </p>
        </div>
        {others.map((other) => (
          <OtherWay
            key={other.id}
            way={other}
            href={isUsable(other, apps)
              ? wayHref(action, address, other.id, inboxId)
              : appHref(other.appKind ?? "", action, address, inboxId)}
            isUsable={isUsable(other, apps)}
          />
        ))}
      </aside>
    </div>
  );
}

interface OtherWayProps {
  readonly way: SuggestedWay;
  readonly href: string;
  /** False: it needs an app first, and the address leads there. */
  readonly isUsable: boolean;
}

function OtherWay({ way, href, isUsable }: OtherWayProps) {
  const isByHand = !way.isComplete && way.asks.length === 0;
  const help = isByHand
    ? ""
    : isUsable
    ? way.help
    : "Parley signs in there as a client of your own, registered once.";
  return (
    <div>
      <h2>{isByHand ? "Something else?" : way.title}</h2>
      <p>
        {help !== "" && `${help} `}
        <a class="link" href={href}>
          {isByHand ? way.title : isUsable ? "Do this instead" : "Add the client"}
        </a>
      </p>
    </div>
  );
}
