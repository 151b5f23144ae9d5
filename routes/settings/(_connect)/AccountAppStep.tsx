import type { AppType } from "@/core/mod.ts";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { AppGuide } from "../(_parts)/AppGuide.tsx";
import { HelpText } from "./HelpText.tsx";

export interface AccountAppStepProps {
  /** Its app's kind. */
  readonly app: AppType;
  /** The page to come back to. */
  readonly here: string;
}

/** There is no app yet: what it is for, and how one is made. */
export function AccountAppStep({ app, here }: AccountAppStepProps) {
  const next = new URLSearchParams({ next: here });
  return (
    <div class="page-cols">
      <div class="stack connect">
        <HelpText
          text={`${app.title} delivers to an app of your own. It is made once, belongs to you, and serves all your accounts.`}
        />
        <div class="cluster">
          <LinkButton
            kind="primary"
            size="large"
            href={`/settings/apps/new/${app.adapter}?${next}`}
          >
            Add the app
          </LinkButton>
        </div>
      </div>
      <AppGuide {...app} />
    </div>
  );
}
