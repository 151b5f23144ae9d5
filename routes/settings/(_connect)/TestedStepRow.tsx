import type { TestedStep, TestNews } from "@/core/mod.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { IconButton } from "@/islands/(_components)/IconButton.tsx";
import { Step } from "@/islands/(_components)/Step.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { pathsFieldName, secretFieldName } from "./asked_secrets.ts";
import { HelpText } from "./HelpText.tsx";

export interface TestNewsRowProps {
  readonly news: TestNews;
  /** Where a corrected secret or a change is sent. */
  readonly action: string;
}

/** A step that begins, which the next row takes the place of, or one that ended. No island: it is sent by itself. */
export function TestNewsRow({ news, action }: TestNewsRowProps) {
  return news.kind === "begins"
    ? <Step state="active" title={news.title} />
    : <TestedStepRow step={news.step} action={action} />;
}

function TestedStepRow({ step, action }: { readonly step: TestedStep; readonly action: string }) {
  const { title, ok, isWarning, detail, tookMs, code, help, asks, change } = step;
  const state = isWarning ? "warn" : ok ? "done" : "failed";
  const hasMore = code !== undefined || help !== undefined || asks !== undefined ||
    change !== undefined;
  return (
    <Step
      state={state}
      title={title}
      text={detail}
      end={`${(tookMs / 1_000).toFixed(1)} s`}
    >
      {hasMore && (
        <div class="stack">
          {code !== undefined && (
            <div class="copy">
              <code>{code}</code>
              <IconButton
                icon="copy"
                label="Copy"
                size="small"
                iconSize={16}
                data-copy={code}
                hidden
              />
            </div>
          )}
          {help !== undefined && <HelpText text={help.text} url={help.url} />}
          {asks !== undefined && (
            <form class="step-form" method="post" action={action} aria-label={asks.label}>
              <input type="hidden" name={pathsFieldName(0)} value={asks.paths.join(" ")} />
              <TextField
                id={`again.${asks.paths.join(".")}`}
                name={secretFieldName(0)}
                type="password"
                label={asks.label}
                autocomplete="new-password"
                required
              />
              <Button kind="primary" size="small" type="submit">Try this</Button>
            </form>
          )}
          {change !== undefined && (
            <form method="post" action={action}>
              <input type="hidden" name="change" value={JSON.stringify(change.config)} />
              <Button size="small" type="submit">{change.label}</Button>
            </form>
          )}
        </div>
      )}
    </Step>
  );
}
