import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiContact, ApiContactNote } from "../../../../core/model/api.ts";
import { Button } from "../../../(_components)/Button.tsx";
import { Card } from "../../../(_components)/Card.tsx";
import { IconButton } from "../../../(_components)/IconButton.tsx";
import { Time } from "../../../(_components)/Time.tsx";
import { fail } from "../fail.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

interface NotesProps {
  readonly model: WorkspaceModel;
  readonly contact: ApiContact;
}

/** What the team wrote down about somebody, the newest first. */
export function ContactNotes({ model, contact }: NotesProps) {
  const { id, noteCount = 0, updatedAt } = contact;
  const { api } = model.ports;
  const notes = useSignal<readonly ApiContactNote[]>([]);
  const next = useSignal<string | null>(null);
  /** A note's id, or "new". */
  const edited = useSignal<string | null>(null);
  const read = async (cursor: string | null) => {
    const answer = await api.contactNotes(id, cursor);
    if (!answer.ok) return;
    notes.value = cursor === null ? answer.value.items : [...notes.peek(), ...answer.value.items];
    next.value = answer.value.next;
  };
  // Each change of a note is a change of the contact.
  useEffect(() => {
    if (noteCount > 0) void read(null);
    else notes.value = [];
  }, [id, noteCount, updatedAt]);
  const { canWrite } = model.data;
  if (!canWrite && noteCount === 0) return null;

  const save = async (text: string) => {
    const at = edited.peek();
    const answer = at === "new" || at === null
      ? await api.addContactNote(id, text)
      : await api.updateContactNote(id, at, text);
    if (!answer.ok) {
      fail(model, "Not written down", answer.error);
      return;
    }
    const others = notes.peek().filter((one) => one.id !== answer.value.id);
    notes.value = at === "new"
      ? [answer.value, ...others]
      : notes.peek().map((one) => one.id === answer.value.id ? answer.value : one);
    edited.value = null;
  };
  const remove = async (note: ApiContactNote) => {
    const answer = await api.deleteContactNote(id, note.id);
    if (!answer.ok) {
      fail(model, "Not deleted", answer.error);
      return;
    }
    notes.value = notes.peek().filter((one) => one.id !== note.id);
    model.toasts.show({
      icon: "trash",
      text: "Note deleted",
      isUndo: true,
      action: {
        label: "Undo",
        run: async () => {
          const back = await api.addContactNote(id, note.text);
          if (!back.ok) fail(model, "Not brought back", back.error);
        },
      },
    });
  };
  const { me } = model.data;
  const mayChange = (note: ApiContactNote) =>
    canWrite && (note.authorId === me.id || me.role === "owner" || me.role === "admin");
  return (
    <Card
      title="Notes"
      count={noteCount > 0 ? noteCount : undefined}
      action={canWrite && (
        <IconButton
          icon="plus"
          size="small"
          label="Add a note"
          onClick={() => edited.value = "new"}
        />
      )}
    >
      {edited.value === "new" && (
        <NoteForm
          text=""
          onSave={save}
          onCancel={() => edited.value = null}
        />
      )}
      {noteCount === 0 && edited.value === null && (
        <p class="meta">What the team should know about them.</p>
      )}
      {notes.value.map((note) =>
        edited.value === note.id
          ? (
            <NoteForm
              key={note.id}
              text={note.text}
              onSave={save}
              onCancel={() => edited.value = null}
            />
          )
          : (
            <article key={note.id} class="contact-note">
              <p class="contact-note-text">{note.text}</p>
              <footer class="meta">
                <span class="truncate">
                  {note.authorName}, <Time {...model.clock.value} at={Date.parse(note.createdAt)} />
                </span>
                {mayChange(note) && (
                  <>
                    <IconButton
                      icon="pencil"
                      size="small"
                      label="Edit this note"
                      onClick={() => edited.value = note.id}
                    />
                    <IconButton
                      icon="trash"
                      size="small"
                      label="Delete this note"
                      onClick={() => void remove(note)}
                    />
                  </>
                )}
              </footer>
            </article>
          )
      )}
      {next.value !== null && (
        <Button kind="link" onClick={() => void read(next.peek())}>Older notes</Button>
      )}
    </Card>
  );
}

/** Ctrl-Enter keeps it, Escape does not. */
function NoteForm({ text, onSave, onCancel }: {
  readonly text: string;
  readonly onSave: (text: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const isBusy = useSignal(false);
  useEffect(() => area.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const written = area.current?.value.trim() ?? "";
    if (written === "" || isBusy.peek()) return;
    isBusy.value = true;
    await onSave(written);
    isBusy.value = false;
  };
  return (
    <form
      class="contact-note-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
    >
      <textarea
        ref={area}
        class="input"
        rows={3}
        maxLength={10_000}
        aria-label="Note"
        defaultValue={text}
      />
      <div class="contact-note-buttons">
        <Button size="small" kind="ghost" onClick={onCancel}>Cancel</Button>
        <Button size="small" type="submit" busy={isBusy.value}>Save</Button>
      </div>
    </form>
  );
}
