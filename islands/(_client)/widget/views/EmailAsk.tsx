import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "@/core/model/fill.ts";
import { asksEmail, type State } from "../state.ts";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** What an address looks like; whether it is one, the server says. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Asks where answers go when the visitor has left, and says so once it knows. */
export function EmailAsk({ state }: { readonly state: State }) {
  const { chat, language: { texts } } = useWidget();
  const { reach } = state;
  if (asksEmail(state)) return <EmailForm />;
  if (reach.kind !== "known" || reach.address === null) return null;
  return (
    <p class="pw-reach" role="status">
      <span>{fill(texts.emailKept, { email: reach.address })}</span>
      <button type="button" onClick={() => chat.reaching.askAgain()}>{texts.emailChange}</button>
    </p>
  );
}

function EmailForm() {
  const { chat, language: { texts } } = useWidget();
  const [email, setEmail] = useState("");
  const [problem, setProblem] = useState("");
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // Whoever asked for it with "Change" goes on here; nobody who writes is drawn away.
  useEffect(() => {
    if (document.activeElement === document.body) field.current?.focus();
  }, []);

  const save = async (event: Event) => {
    event.preventDefault();
    const address = email.trim();
    if (isSaving) return;
    if (!ADDRESS.test(address)) {
      setProblem(texts.emailBad);
      field.current?.focus();
      return;
    }
    setSaving(true);
    const error = await chat.reaching.leave(address);
    if (error === null) return;
    setSaving(false);
    setProblem(error.code === "refused" ? texts.emailBad : `${texts.notSent} ${texts.retry}`);
    field.current?.focus();
  };
  const canSave = email.trim() !== "" && !isSaving;
  return (
    <form class={problem === "" ? "pw-ask" : "pw-ask bad"} noValidate onSubmit={save}>
      <div class="pw-lab">
        <label for="pw-mail">{texts.emailAsk}</label>
        <button type="button" onClick={() => chat.reaching.skip()}>{texts.emailSkip}</button>
      </div>
      <div class="pw-in">
        <input
          id="pw-mail"
          ref={field}
          type="email"
          autocomplete="email"
          maxLength={254}
          dir="ltr"
          value={email}
          aria-invalid={problem !== ""}
          aria-describedby={problem === "" ? undefined : "pw-mail-problem"}
          onInput={(event) => {
            setEmail(event.currentTarget.value);
            setProblem("");
          }}
        />
        <button
          type="submit"
          class={canSave ? "pw-send on" : "pw-send"}
          aria-label={texts.send}
          aria-disabled={!canSave}
        >
          <Icon name="arrowUp" />
        </button>
      </div>
      {problem !== "" && (
        <p class="pw-err" id="pw-mail-problem" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
    </form>
  );
}
