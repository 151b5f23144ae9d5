import type { AppType, ChannelType, ShownApp } from "@/core/mod.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { AppGuide } from "../(_parts)/AppGuide.tsx";

export interface TokenStepProps {
  readonly action: string;
  readonly accounts: NonNullable<ChannelType["accounts"]>;
  readonly appType: AppType;
  /** One at least. */
  readonly apps: readonly ShownApp[];
  readonly appId: string;
  readonly byHand: string;
  readonly error?: string | undefined;
}

/** Through which app, and what opens the accounts. */
export function TokenStep(props: TokenStepProps) {
  const { action, accounts, appType, apps, appId, byHand, error } = props;
  const chosen = apps.find(({ id }) => id === appId) ?? apps[0];
  return (
    <div class="page-cols">
      <form class="form" id="find" method="post" action={action} aria-label={accounts.title}>
        {apps.length > 1
          ? (
            <Select
              name="appId"
              label="With the app"
              value={chosen?.id}
              options={apps.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )
          : <input type="hidden" name="appId" value={chosen?.id} />}
        {apps.length === 1 && chosen?.webhookUrl && (
          <CopyField
            name="webhook"
            label="Webhook address"
            value={chosen.webhookUrl}
            hint={`Entered at ${appType.title} once, with the verify token of the app “${chosen.name}”.`}
            action={<CopyButton text={chosen.webhookUrl} label="Copy the address" />}
          />
        )}
        <PasswordField
          name="secret"
          label={accounts.secret.label}
          autocomplete="new-password"
          hint={accounts.secret.help}
          {...error === undefined ? {} : { error }}
          autofocus
        />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Continue</Button>
          <a class="link meta" href={byHand}>Fill in everything yourself</a>
        </div>
      </form>
      <AppGuide {...appType} />
    </div>
  );
}
