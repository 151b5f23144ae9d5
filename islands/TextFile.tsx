import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { TextArea } from "./(_components)/TextArea.tsx";

export interface TextFileProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  readonly value: string;
  readonly maxLength?: number | undefined;
}

/** Lines that are pasted, or taken from a file on this device; without script, they are pasted. */
export default function TextFile({ maxLength, value, error, ...field }: TextFileProps) {
  const hasScript = useSignal(false);
  const text = useSignal(value);
  const problem = useSignal(error);
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => {
    hasScript.value = true;
  }, []);

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const isTooLong = maxLength !== undefined && file.size > maxLength * 4;
    const content = isTooLong ? "" : await file.text();
    if (isTooLong || (maxLength !== undefined && content.length > maxLength)) {
      problem.value = `${file.name} is too long: ${maxLength} characters at most.`;
      return;
    }
    problem.value = undefined;
    text.value = content;
  };
  return (
    <TextArea
      {...field}
      code
      rows={6}
      spellcheck={false}
      value={text.value}
      maxLength={maxLength}
      error={problem.value}
      onInput={({ currentTarget }) => text.value = currentTarget.value}
      labelEnd={
        <span hidden={!hasScript.value}>
          <button type="button" class="link meta" onClick={() => chooser.current?.click()}>
            Take from a file
          </button>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".jsonl,.ndjson,.json,.txt,text/plain"
            aria-label={`File for ${field.label}`}
            onChange={({ currentTarget }) => {
              void take(currentTarget.files?.[0]);
              currentTarget.value = "";
            }}
          />
        </span>
      }
    />
  );
}
