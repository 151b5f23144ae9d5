import type { Filled } from "../../../../core/model/fill_fields.ts";

/** A filled-in text on its page, with what is still missing marked. */
export function MissingMarked({ filled: { text, missing } }: { readonly filled: Filled }) {
  let from = 0;
  const parts = missing.map(({ start, end, name }) => {
    const before = text.slice(from, start);
    from = end;
    return { before, name, at: start };
  });
  return (
    <>
      {parts.map(({ before, name, at }) => [
        before,
        <mark key={at} class="missing-field" title={`Nothing is known for ${name}`}>{name}</mark>,
      ])}
      {text.slice(from)}
    </>
  );
}
