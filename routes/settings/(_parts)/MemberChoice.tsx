import type { User } from "@/core/model/user.ts";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { ROLE_NAMES } from "./roles.ts";

export interface MemberChoiceProps {
  readonly label: string;
  readonly users: readonly User[];
  /** Ids of those who are members now. */
  readonly chosen: readonly string[];
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
}

/** Who belongs to something: a box to tick for each person, posted as `memberIds`. */
export function MemberChoice({ label, users, chosen, hint, error }: MemberChoiceProps) {
  return (
    <fieldset class="field">
      <legend class="label">{label}</legend>
      <div class="box">
        {users.map((user) => (
          <label class="box-row" key={user.id}>
            <Avatar id={user.id} name={user.name} of="team" />
            <span class="grow">
              <b>{user.name}</b>
              <small>{ROLE_NAMES[user.role]}, {user.email}</small>
            </span>
            <input
              class="check"
              type="checkbox"
              name="memberIds"
              value={user.id}
              checked={chosen.includes(user.id)}
            />
          </label>
        ))}
      </div>
      {error && <span class="error" role="alert">{error}</span>}
      {hint && <span class="hint">{hint}</span>}
    </fieldset>
  );
}
