import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { define } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";
import { startSession } from "../(_parts)/start_session.ts";

const LABELS = { name: "Your name", password: "Password" } as const;

export const handler = define.handlers({
  async GET(ctx) {
    const { access } = ctx.state.core;
    const link = await access.linkInfo(ctx.params.token ?? "");
    const { name: workspace } = await access.workspace();
    if (link?.kind !== "invitation") {
      return page({ workspace, email: null, name: "", problem: null }, { status: 404 });
    }
    return page({ workspace, email: link.email ?? "", name: "", problem: null });
  },

  async POST(ctx) {
    const { access } = ctx.state.core;
    const token = ctx.params.token ?? "";
    const { name: workspace } = await access.workspace();
    const link = await access.linkInfo(token);
    const again = (name: string, problem: FormProblem) =>
      page({ workspace, email: link?.email ?? "", name, problem }, { status: problem.status });

    const form = await readForm(ctx.req);
    if (!form.ok) return again("", formProblem(form.error, LABELS));
    const name = formText(form.value, "name");
    const accepted = await access.acceptInvitation(token, {
      name,
      password: formText(form.value, "password"),
    }, ctx.req.headers.get("user-agent") ?? "");
    if (accepted.ok) return startSession(ctx, accepted.value.token, "/");
    if (accepted.error.code === "not_found") {
      return page({ workspace, email: null, name, problem: null }, { status: 404 });
    }
    return again(name, formProblem(accepted.error, LABELS));
  },
});

export default define.page<typeof handler>(function Invitation({ data }) {
  const { workspace, email, name, problem } = data;
  if (email === null) {
    return (
      <AuthPage
        title="This invitation does not work"
        lead="It was used already, taken back, or is older than 7 days. Ask for a new one."
        foot={<a class="link" href="/sign-in">Sign in</a>}
      />
    );
  }
  return (
    <AuthPage
      title={`Join ${workspace}`}
      lead={
        <>
          You were invited as <b>{email}</b>.
        </>
      }
      problem={problem?.message}
    >
      <TextField
        name="name"
        label={LABELS.name}
        autocomplete="name"
        required
        autofocus
        value={name}
        error={problem?.fields.name}
      />
      <input type="hidden" name="username" value={email} autocomplete="username" />
      <PasswordField
        name="password"
        label={LABELS.password}
        autocomplete="new-password"
        minlength={10}
        hint="10 characters or more."
        {...(problem?.fields.password !== undefined && { error: problem.fields.password })}
      />
      <Button kind="primary" size="full" type="submit">Join</Button>
    </AuthPage>
  );
});
