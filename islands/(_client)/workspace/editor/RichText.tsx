import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { flag } from "../../../(_components)/flag.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { LinkBox } from "./LinkBox.tsx";
import { type LinkRequest, type RichContent, RichEditor } from "./rich_editor.ts";
import type { PictureUrl } from "./rich_fragment.ts";

export interface RichTextProps {
  readonly model: WorkspaceModel;
  readonly label: string;
  readonly placeholder: string;
  readonly activeOption: string | null;
  readonly content: RichContent;
  /** Where the caret was in the text field it takes the place of; null: it does not take the keyboard. */
  readonly caret: number | null;
  readonly pictureUrl: PictureUrl;
  readonly onChange: (content: RichContent) => void;
  readonly onPictures: (files: readonly File[]) => void;
}

/** Words with a form. Its inside is the editor's, not Preact's. */
export function RichText(props: RichTextProps) {
  const { model, label, placeholder, activeOption, content } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<RichEditor | null>(null);
  const link = useSignal<LinkRequest | null>(null);
  // The editor lives longer than one drawing: it asks for what is meant now.
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const root = place.current;
    if (root === null) return;
    const { caret } = latest.current;
    // Before the editor's own: a picture is not pasted as its address.
    const onPaste = (event: ClipboardEvent) => {
      const pictures = picturesOf(event.clipboardData);
      if (pictures.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      latest.current.onPictures(pictures);
    };
    root.addEventListener("paste", onPaste);
    const made = new RichEditor(root, {
      pictureUrl: (cid) => latest.current.pictureUrl(cid),
      onChange: (written) => latest.current.onChange(written),
      onLink: (request) => link.value = request,
    });
    editor.current = made;
    made.show(latest.current.content);
    if (caret !== null) made.takeCaret(caret);
    model.writing.value = made;
    return () => {
      root.removeEventListener("paste", onPaste);
      made[Symbol.dispose]();
      editor.current = null;
      if (model.writing.peek() === made) model.writing.value = null;
    };
  }, []);
  // What was sent, taken back or kept elsewhere.
  useLayoutEffect(() => editor.current?.show(content), [content.text, content.html]);

  return (
    <>
      {link.value !== null && (
        <LinkBox
          href={link.value.href}
          onDone={(href) => {
            const request = link.peek();
            link.value = null;
            request?.done(href);
          }}
          onCancel={() => {
            link.value = null;
            editor.current?.focus();
          }}
        />
      )}
      <div
        ref={place}
        class="composer-text rich-text"
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        aria-activedescendant={activeOption ?? undefined}
        data-placeholder={placeholder}
        data-empty={flag(content.text === "" && content.html === null)}
        dir="auto"
      />
    </>
  );
}

/** Pictures of the clipboard, unless they only show what is there as words too, as word processors add one. */
function picturesOf(clipboard: DataTransfer | null): readonly File[] {
  const files = [...clipboard?.files ?? []];
  if (files.length === 0) return [];
  const html = clipboard?.getData("text/html") ?? "";
  const words = new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() ?? "";
  return words === "" ? files : [];
}
