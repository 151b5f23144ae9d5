import type { AppType, ShownApp } from "@/core/mod.ts";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import type { FormProblem } from "../../(_shared)/form_problem.ts";
import { configFields } from "../(_form)/config_fields.ts";
import { ConfigFields } from "../(_form)/ConfigFields.tsx";
import { configErrors } from "./ChannelForm.tsx";

export const APP_LABELS = { name: "Name" } as const;

export interface AppFormProps {
  readonly action: string;
  readonly type: AppType;
  /** Absent: it is new. */
  readonly app?: ShownApp;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly problem: FormProblem | null;
}

/** A client registered with a provider; sent by the button of the save bar (`form="app"`). */
export function AppForm({ action, type, app, name, config, problem }: AppFormProps) {
  return (
    <form class="form" id="app" method="post" action={action} aria-label="App">
      {type.redirectUrl !== null && (
        <CopyField
          name="redirect"
          label="Redirect address"
          value={type.redirectUrl}
          hint={`Enter it at ${type.title}, exactly like this.`}
          action={<CopyButton text={type.redirectUrl} label="Copy the address" />}
        />
      )}
      {app?.webhookUrl && (
        <CopyField
          name="webhook"
          label="Webhook address"
          value={app.webhookUrl}
          hint={`Enter it at ${type.title}: what happens on all your accounts is delivered here.`}
          action={<CopyButton text={app.webhookUrl} label="Copy the address" />}
        />
      )}
      {app?.dataDeletionUrl && (
        <CopyField
          name="dataDeletion"
          label="Data deletion address"
          value={app.dataDeletionUrl}
          hint={`Enter it at ${type.title}: it tells here who wants their data deleted.`}
          action={<CopyButton text={app.dataDeletionUrl} label="Copy the address" />}
        />
      )}
      <TextField
        name="name"
        label={APP_LABELS.name}
        required
        maxLength={100}
        value={name}
        hint="Only your team sees it."
        error={problem?.fields.name}
      />
      <ConfigFields
        fields={configFields(type.configSchema)}
        config={config}
        errors={configErrors(problem)}
      />
    </form>
  );
}
