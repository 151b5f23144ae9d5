import type { Inbox } from "@/core/model/inbox.ts";
import type { Role } from "@/core/model/user.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import type { FormProblem } from "../../(_shared)/form_problem.ts";
import { ROLE_HINTS, ROLE_NAMES } from "./roles.ts";

export const INVITE_LABELS = { email: "Email", role: "Role", inboxIds: "Inboxes" } as const;

export interface InviteFormProps {
  readonly email: string;
  readonly role: Role;
  /** Null before anything was chosen: then all are. */
  readonly inboxIds: readonly string[] | null;
  readonly problem: FormProblem | null;
  /** The link of the invitation just made. */
  readonly url: string | null;
  readonly inboxes: readonly Inbox[];
  readonly roles: readonly Role[];
}

/** Asks whom to invite; afterwards, shows the link to pass on. */
export function InviteForm(props: InviteFormProps) {
  const { email, url } = props;
  if (url === null) return <Asking {...props} />;
  return (
    <section class="box box-form" aria-label="The invitation">
      <CopyField
        name="invitation-link"
        label={`Link for ${email}`}
        value={url}
        hint="Pass it on yourself, or let the mail do it. It works once, for 7 days, and is shown only now."
        action={<CopyButton text={url} label="Copy the link" />}
      />
      <div class="cluster">
        <LinkButton href="/settings/users">Done</LinkButton>
        <LinkButton kind="ghost" href="/settings/users?invite">Invite somebody else</LinkButton>
      </div>
    </section>
  );
}

function Asking({ email, role, inboxIds, problem, inboxes, roles }: InviteFormProps) {
  return (
    <form class="box box-form" method="post" action="/settings/users" aria-label="Invite">
      <div class="form-row">
        <TextField
          name="email"
          label={INVITE_LABELS.email}
          type="email"
          autocomplete="off"
          required
          autofocus
          value={email}
          error={problem?.fields.email}
        />
        <Select
          name="role"
          label={INVITE_LABELS.role}
          value={role}
          options={roles.map((value) => ({
            value,
            label: `${ROLE_NAMES[value]}: ${ROLE_HINTS[value]}`,
          }))}
          error={problem?.fields.role}
        />
      </div>
      <fieldset class="field">
        <legend class="label">{INVITE_LABELS.inboxIds}</legend>
        {inboxes.map(({ id, name }) => (
          <Choice
            key={id}
            kind="checkbox"
            name="inboxIds"
            value={id}
            checked={inboxIds === null || inboxIds.includes(id)}
          >
            {name}
          </Choice>
        ))}
      </fieldset>
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Make the invitation</Button>
        <LinkButton kind="ghost" size="large" href="/settings/users">Cancel</LinkButton>
      </div>
    </form>
  );
}
