import { useEffect, useRef } from "preact/hooks";
import { FormatTools } from "../FormatTools.tsx";
import { RichText } from "../editor/RichText.tsx";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { LetterWords } from "./letter_draft.ts";

/** The words of a letter that is written in a dialog. The composer below has the tools and pickers again when it ends. */
export function LetterText({ model, label, placeholder, words, onWrite, onFiles }: {
  readonly model: WorkspaceModel;
  readonly label: string;
  readonly placeholder: string;
  readonly words: LetterWords;
  readonly onWrite: (words: LetterWords) => void;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const composer = useRef(model.writing.peek());
  useEffect(() => () => void (model.writing.value = composer.current), []);
  return (
    <div class="letter-text">
      <RichText
        model={model}
        label={label}
        placeholder={placeholder}
        activeOption={null}
        content={words}
        caret={null}
        pictureUrl={() => null}
        onChange={({ text, html }) => onWrite({ text, html })}
        onPictures={onFiles}
      />
      <FormatTools model={model} />
    </div>
  );
}
