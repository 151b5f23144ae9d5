import type { ComponentChildren } from "preact";
import type { ShownApp } from "@/core/mod.ts";
import type { Inbox } from "@/core/model/inbox.ts";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import type { FormProblem } from "../../(_shared)/form_problem.ts";
import type { ConfigField } from "../(_form)/config_fields.ts";
import { ConfigFields } from "../(_form)/ConfigFields.tsx";

export const CHANNEL_LABELS = { name: "Name", inboxId: "Inbox", appId: "App" } as const;

export interface ChannelFormProps {
  readonly action: string;
  readonly name: string;
  readonly inboxId: string;
  readonly inboxes: readonly Inbox[];
  /** Those its kind of channel may use; none: it is not asked for. */
  readonly apps: readonly ShownApp[];
  /** Empty for none. */
  readonly appId: string;
  readonly fields: readonly ConfigField[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly problem: FormProblem | null;
  /** After the fields: addresses to copy. */
  readonly children?: ComponentChildren | undefined;
}

/** Name, inbox and the adapter's own settings; sent by the button of the save bar (`form="channel"`). */
export function ChannelForm(props: ChannelFormProps) {
  const { action, name, inboxId, inboxes, fields, config, problem, children } = props;
  const { apps, appId } = props;
  return (
    <form class="form" id="channel" method="post" action={action} aria-label="Channel">
      <div class="form-row">
        <TextField
          name="name"
          label={CHANNEL_LABELS.name}
          required
          maxLength={100}
          value={name}
          hint="Only your team sees it."
          error={problem?.fields.name}
        />
        <Select
          name="inboxId"
          label={CHANNEL_LABELS.inboxId}
          value={inboxId}
          options={inboxes.map((inbox) => ({ value: inbox.id, label: inbox.name }))}
          hint="Who is in it answers."
          error={problem?.fields.inboxId}
        />
      </div>
      <ConfigFields fields={fields} config={config} errors={configErrors(problem)} />
      {apps.length > 0 && (
        <Select
          name="appId"
          label={CHANNEL_LABELS.appId}
          value={appId}
          options={[
            { value: "", label: "None" },
            ...apps.map((app) => ({ value: app.id, label: app.name })),
          ]}
          hint="For signing in with Google or Microsoft."
          error={problem?.fields.appId}
        />
      )}
      {children}
    </form>
  );
}

/** Errors name `config.inbound.host`; fields know their path in the config. */
export function configErrors(problem: FormProblem | null): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [path, message] of Object.entries(problem?.fields ?? {})) {
    if (path.startsWith("config.")) errors[path.slice("config.".length)] = message;
  }
  return errors;
}
