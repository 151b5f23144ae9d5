import type { ThreadRule } from "@/core/model/thread_rule.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";

export interface ThreadRulesBoxProps {
  /** The channel's own page. */
  readonly action: string;
  readonly rules: readonly ThreadRule[];
}

/** What agents decided about senders' mail once and for all, to be looked over and taken back. */
export function ThreadRulesBox({ action, rules }: ThreadRulesBoxProps) {
  return (
    <PageSection title="Always split, always join">
      <div class="box">
        {rules.length === 0 && (
          <BoxRow
            title="None yet"
            text="“Always” at a mail with a new subject, or in “Merge into…”, adds one."
          />
        )}
        {rules.map((rule) => (
          <BoxRow key={rule.id} title={rule.sender} text={wordsOf(rule)}>
            <form method="post" action={`${action}?action=forget-rule`}>
              <input type="hidden" name="ruleId" value={rule.id} />
              <Button
                type="submit"
                kind="danger-quiet"
                aria-label={`Remove the rule for ${rule.sender}`}
              >
                Remove
              </Button>
            </form>
          </BoxRow>
        ))}
      </div>
    </PageSection>
  );
}

function wordsOf({ action, subject, createdBy }: ThreadRule): string {
  const what = subject === null ? "Mail" : `Mail about “${subject}”`;
  const does = action === "split"
    ? "with a new subject begins a conversation of its own"
    : "joins their latest conversation";
  return `${what} ${does}. Decided by ${createdBy}.`;
}
