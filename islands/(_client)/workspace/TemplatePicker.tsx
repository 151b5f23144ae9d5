import { useEffect } from "preact/hooks";
import type { ApiConversation, ApiTemplate } from "../../../core/model/api.ts";
import { templateText } from "../../../core/model/template_text.ts";
import { Button } from "../../(_components)/Button.tsx";
import { SelectControl } from "../../(_components)/Select.tsx";
import { TextField } from "../../(_components)/TextField.tsx";
import type { ComposerTemplate } from "./composer_state.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface TemplatePickerProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly chosen: ComposerTemplate | null;
}

/** In place of the text when the reply window is over: an approved template, what is filled in, and how it reads. */
export function TemplatePicker({ model, conversation, chosen }: TemplatePickerProps) {
  const { id, channelId, version } = conversation;
  const loaded = model.templates.get(channelId);
  useEffect(() => void model.templates.load(channelId), [channelId]);
  if (loaded.status === "loading") {
    return (
      <p class="composer-text template-note" aria-busy="true">
        Reading the templates …
      </p>
    );
  }
  if (loaded.status === "failed") {
    return (
      <p class="composer-text template-note">
        {loaded.reason}{" "}
        <Button kind="link" onClick={() => void model.templates.load(channelId)}>Try again</Button>
      </p>
    );
  }
  if (loaded.items.length === 0) {
    return <p class="composer-text template-note">The provider has approved no template yet.</p>;
  }
  const choose = (key: string) => {
    const template = loaded.items.find((one) => keyOf(one) === key);
    model.composers.chooseTemplate(
      id,
      template === undefined
        ? null
        : { template, values: Array.from({ length: template.values }, () => "") },
      version,
    );
  };
  const fill = (place: number, value: string) => {
    if (chosen === null) return;
    const values = chosen.values.map((before, n) => n === place ? value : before);
    model.composers.chooseTemplate(id, { ...chosen, values }, version);
  };
  return (
    <div class="template-picker">
      <SelectControl
        aria-label="Template"
        options={[
          { value: "", label: "Choose a template …" },
          ...loaded.items.map((one) => ({
            value: keyOf(one),
            label: `${one.name.replaceAll("_", " ")} (${one.language})`,
          })),
        ]}
        value={chosen === null ? "" : keyOf(chosen.template)}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {chosen?.values.map((value, place) => (
        <TextField
          key={`${keyOf(chosen.template)} ${place}`}
          id={`template-value-${place}`}
          name={`template-value-${place}`}
          label={`Value ${place + 1}`}
          value={value}
          maxLength={1_000}
          onInput={(event) => fill(place, event.currentTarget.value)}
        />
      ))}
      {chosen !== null && (
        <p class="template-preview" aria-label="How it reads">
          {templateText(chosen.template.body, chosen.values)}
        </p>
      )}
    </div>
  );
}

function keyOf({ name, language }: Pick<ApiTemplate, "name" | "language">): string {
  return `${language} ${name}`;
}
