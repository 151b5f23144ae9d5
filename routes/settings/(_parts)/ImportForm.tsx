import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import type { HistoryFolder } from "@/core/mod.ts";
import type { Result } from "@/core/result.ts";
import type { FormProblem } from "../../(_shared)/form_problem.ts";

export const IMPORT_LABELS = { since: "Not before" };

export interface ImportFormProps {
  readonly action: string;
  /** What the mailbox holds, or why nobody knows. */
  readonly folders: Result<readonly HistoryFolder[], string>;
  /** As they were chosen. */
  readonly chosen: readonly string[];
  readonly since: string;
  readonly problem: FormProblem | null;
}

/** Which folders are imported, and from when on. */
export function ImportForm({ action, folders, chosen, since, problem }: ImportFormProps) {
  if (!folders.ok) {
    return (
      <PageSection title="Choose folders">
        <Banner
          kind="danger"
          boxed
          role="alert"
          action={<LinkButton size="small" href={`${action}?more`}>Try again</LinkButton>}
        >
          The mailbox's folders cannot be listed: {folders.error}
        </Banner>
      </PageSection>
    );
  }
  return (
    <PageSection
      title="Choose folders"
      lead="One is imported after the other. You can leave this page meanwhile."
    >
      <form method="post" action={action} class="import-form">
        <fieldset class="import-folders">
          <legend class="sr">Folders</legend>
          {folders.value.map(({ name, count }) => (
            <Choice
              key={name}
              kind="checkbox"
              name="folder"
              value={name}
              checked={chosen.includes(name)}
              hint={count === null ? undefined : mailCount(count)}
            >
              {name}
            </Choice>
          ))}
        </fieldset>
        <TextField
          name="since"
          type="date"
          label={IMPORT_LABELS.since}
          optional
          value={since}
          hint="Older mail stays where it is."
          error={problem?.fields.since}
        />
        <Button kind="primary" size="large" type="submit" name="action" value="begin">
          Import
        </Button>
      </form>
    </PageSection>
  );
}

function mailCount(count: number): string {
  return count === 1 ? "1 mail" : `${count.toLocaleString("en-US")} mails`;
}
