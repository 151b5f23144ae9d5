import type { ApiMessage } from "../../../core/model/api.ts";
import { MessageText } from "./MessageText.tsx";

/** A form as somebody filled it in: a row for each field. What was too long for its row is below, whole. */
export function FilledForm({ fields, text }: {
  readonly fields: NonNullable<ApiMessage["fields"]>;
  readonly text: string;
}) {
  const isCut = fields.some(({ value }) => value.endsWith("…"));
  return (
    <>
      <table class="filled">
        <tbody>
          {fields.map(({ name, label, value }, index) => (
            <tr key={`${index}:${name}`}>
              <th scope="row" title={name}>{label}</th>
              <td>{value === "" ? <span class="quiet">–</span> : <MessageText text={value} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && (
        <details class="quote">
          <summary>All of it as text</summary>
          <blockquote>
            <MessageText text={text} />
          </blockquote>
        </details>
      )}
    </>
  );
}
