import { page } from "fresh";
import { mayChangeRole } from "@/core/mod.ts";
import { Role } from "@/core/model/user.ts";
import CopyButton from "@/islands/CopyButton.tsx";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { InboxArt } from "@/islands/(_components)/InboxArt.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { Time } from "@/islands/(_components)/Time.tsx";
import { define, type State } from "../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../(_shared)/form_problem.ts";
import { formText, readForm } from "../(_shared)/read_form.ts";
import { type Clock, readPreferences } from "../(_shared)/read_preferences.ts";
import { must } from "./(_parts)/must.ts";
import { ROLE_HINTS, ROLE_NAMES, toRole } from "./(_parts)/roles.ts";
import { SettingsPage } from "./(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "./(_parts)/settings_frame.ts";

const LABELS = { name: "What it is for", role: "It may do what this role may" } as const;

/** What became of the form. */
interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly problem: FormProblem | null;
}

/** A token that was just made: its secret is told this once. */
interface Made {
  readonly name: string;
  readonly token: string;
}

const BLANK: NewToken = { name: "", role: "agent", problem: null };

export const handler = define.handlers({
  async GET(ctx) {
    const isNew = ctx.url.searchParams.has("new");
    return page(await pageData(ctx.state, { asked: isNew ? BLANK : null }));
  },

  async POST(ctx) {
    const { state, url } = ctx;
    const principal = userWho(state, "workspace.manage");
    const form = await readForm(ctx.req);
    const { access } = state.core;
    if (form.ok && url.searchParams.get("action") === "revoke") {
      const done = await access.revokeToken(principal, formText(form.value, "id"));
      // Somebody else was quicker: it is gone all the same.
      if (done.ok || done.error.code === "not_found") {
        return ctx.redirect("/settings/tokens?done=removed", 303);
      }
      const problem = formProblem(done.error, {});
      return page(await pageData(state, { problem }), { status: problem.status });
    }
    const name = form.ok ? formText(form.value, "name").trim() : "";
    const role = toRole(form.ok ? formText(form.value, "role") : "agent");
    const key = form.ok ? formText(form.value, "key") : "";
    // A reload posts it again: the same form makes one token, and shows it again.
    const idempotency = {
      scope: `${principal.user.id} ${url.pathname}`,
      key,
      bodyHash: await state.core.fingerprint(JSON.stringify([name, role])),
    };
    const made = form.ok
      ? await access.createToken(principal, { name, role }, key === "" ? {} : { idempotency })
      : form;
    if (made.ok) return page(await pageData(state, { made: { name, token: made.value.token } }));
    const problem = formProblem(made.error, LABELS);
    const asked = { name, role, problem };
    return page(await pageData(state, { asked }), { status: problem.status });
  },
});

async function pageData(
  state: State,
  { asked = null, made = null, problem = null }: {
    readonly asked?: NewToken | null;
    readonly made?: Made | null;
    readonly problem?: FormProblem | null;
  },
) {
  const { core } = state;
  const principal = userWho(state, "workspace.manage");
  const mine = principal.user.role;
  return {
    frame: await settingsFrame(state),
    now: state.t0,
    asked,
    made,
    problem,
    key: core.ports.random.bytes(16).toHex(),
    roles: Role.options.filter((role) => mayChangeRole(mine, role)),
    tokens: must(await core.access.tokens(principal)).map((token) => ({
      ...token,
      mayRevoke: mayChangeRole(mine, token.role),
    })),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Tokens({ data, url, req }) {
  const { frame, asked, made, problem, now } = data;
  return (
    <SettingsPage
      frame={frame}
      title="API tokens"
      current="tokens"
      url={url}
      problem={problem?.message ?? asked?.problem?.message}
      header={
        <PageHeader
          title="API tokens"
          lead="What programs sign in with: scripts, other systems, the API."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/tokens?new">
              Make a token
            </LinkButton>
          }
        />
      }
    >
      {made && <MadeToken {...made} />}
      {asked && <TokenForm asked={asked} keyOfForm={data.key} roles={data.roles} />}
      <div class="box">
        {data.tokens.length === 0
          ? (
            <EmptyState art={<InboxArt />} title="No token yet">
              A token lets a program do what a person of its role may. Take it back here at any
              time.
            </EmptyState>
          )
          : (
            <TokenTable
              tokens={data.tokens}
              clock={{ now, timeZone: readPreferences(req).timeZone }}
            />
          )}
      </div>
    </SettingsPage>
  );
});

function MadeToken({ name, token }: Made) {
  return (
    <section class="box box-form" aria-label="The new token">
      <Banner kind="ok" boxed role="status">Copy “{name}” now: it is shown this once.</Banner>
      <CopyField
        name="token"
        label="Token"
        value={token}
        hint="Send it as Authorization: Bearer …"
        action={<CopyButton text={token} label="Copy the token" />}
      />
    </section>
  );
}

function TokenForm({ asked, keyOfForm, roles }: {
  readonly asked: NewToken;
  readonly keyOfForm: string;
  readonly roles: readonly Role[];
}) {
  return (
    <form class="box box-form" method="post" action="/settings/tokens" aria-label="Make a token">
      <input type="hidden" name="key" value={keyOfForm} />
      <TextField
        name="name"
        label={LABELS.name}
        required
        autofocus
        maxLength={100}
        placeholder="Night export"
        value={asked.name}
        error={asked.problem?.fields.name}
      />
      <Select
        name="role"
        label={LABELS.role}
        value={asked.role}
        error={asked.problem?.fields.role}
        options={roles.map((role) => ({
          value: role,
          label: `${ROLE_NAMES[role]}: ${ROLE_HINTS[role]}`,
        }))}
      />
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Make it</Button>
        <LinkButton kind="ghost" size="large" href="/settings/tokens">Cancel</LinkButton>
      </div>
    </form>
  );
}

function TokenTable({ tokens, clock }: {
  readonly tokens: PageData["tokens"];
  readonly clock: Clock;
}) {
  return (
    <table class="table" data-stack>
      <thead>
        <tr>
          <th scope="col">Token</th>
          <th scope="col">Role</th>
          <th scope="col">Made</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map(({ id, name, role, createdAt, mayRevoke }) => (
          <tr key={id}>
            <td>{name}</td>
            <td>{ROLE_NAMES[role]}</td>
            <td>
              <Time at={createdAt} {...clock} />
            </td>
            <td class="act">
              {mayRevoke && (
                <form method="post" action="/settings/tokens?action=revoke">
                  <input type="hidden" name="id" value={id} />
                  <Button size="small" kind="danger-quiet" type="submit">
                    Revoke<span class="sr">{name}</span>
                  </Button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
