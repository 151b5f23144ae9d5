import { HostedField, idOf } from "@/islands/(_components)/HostedField.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import type { FormView, ShownProblem } from "./form_view.ts";
import type { FormWords } from "./form_words.ts";

/** The form, with what was typed and what is wrong with it. Works without script. */
export function FormCard({ view, words, isEmbedded }: {
  readonly view: FormView;
  readonly words: FormWords;
  readonly isEmbedded: boolean;
}) {
  const { page: { look, honeypot, captcha, token, proofBits, minFillMs }, values, problems } = view;
  const hasFiles = look.fields.some(({ type }) => type === "file");
  return (
    <form
      method="post"
      enctype={hasFiles ? "multipart/form-data" : undefined}
      accept-charset="utf-8"
      // What is missing is said by us, beside each field and in the reader's language.
      noValidate
      data-token={token}
      data-proof-bits={proofBits ?? undefined}
      data-min-fill={minFillMs}
    >
      <h1>{look.title}</h1>
      {look.intro !== "" && <p class="hf-intro">{look.intro}</p>}
      {problems.length > 0 && <Summary {...{ problems, words, isEmbedded }} />}
      <div class="hf-grid">
        {look.fields.map((field) => (
          <HostedField
            key={field.name}
            field={field}
            values={values.get(field.name)}
            error={problems.find(({ name }) => name === field.name)?.message}
            words={words}
          />
        ))}
      </div>
      <div class="hf-trap" aria-hidden="true">
        <label>
          {words.trap}
          <input type="text" name={honeypot} tabIndex={-1} autocomplete="off" value="" />
        </label>
      </div>
      <input type="hidden" name="_token" value={token} />
      <input type="hidden" name="_shown" value="1" />
      {captcha && (
        <div class={`hf-captcha ${captcha.elementClass}`} data-sitekey={captcha.siteKey} />
      )}
      <button type="submit" class="hf-send">{look.submitLabel || words.send}</button>
    </form>
  );
}

/** All that is wrong, each leading to its field. Screen readers say it, and it has the focus. */
function Summary({ problems, words, isEmbedded }: {
  readonly problems: readonly ShownProblem[];
  readonly words: FormWords;
  readonly isEmbedded: boolean;
}) {
  const loose = problems.filter(({ name, label }) => name === null || label === "");
  const ofFields = problems.filter((one) => !loose.includes(one));
  const count = ofFields.length === 1
    ? words.one
    : words.several.replace("{count}", String(ofFields.length));
  return (
    <div class="hf-sum" role="alert" tabIndex={-1} autofocus={!isEmbedded}>
      <Icon name="alert" />
      <div>
        {ofFields.length > 0 && <b>{count}</b>}
        {ofFields.map(({ name, label }) => <a key={name} href={`#${idOf(name ?? "")}`}>{label}</a>)}
        {loose.map(({ message }) => <p key={message}>{message}</p>)}
      </div>
    </div>
  );
}
