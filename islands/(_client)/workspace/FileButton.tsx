import { useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";

/** Chooses files. Without script they go with the form. */
export function FileButton({ types, onFiles }: {
  /** Those that can be chosen: MIME types, "image/*" patterns; null or "*" for any. */
  readonly types: readonly string[] | null;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const accept = types === null || types.includes("*") ? undefined : types.join(",");
  const onChange = () => {
    const element = input.current;
    if (element === null) return;
    onFiles([...element.files ?? []]);
    element.value = "";
  };
  return (
    <label class="button file-button" data-kind="ghost" data-icon="" title="Attach files">
      <Icon name="paperclip" />
      <input
        class="sr"
        ref={input}
        type="file"
        name="files"
        multiple
        accept={accept}
        aria-label="Attach files"
        onChange={onChange}
      />
    </label>
  );
}
