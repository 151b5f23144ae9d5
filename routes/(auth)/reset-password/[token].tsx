import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { define } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";

const LABELS = { password: "New password" } as const;

interface Data {
  readonly state: "asking" | "done" | "dead";
  readonly problem: FormProblem | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    const link = await ctx.state.core.access.linkInfo(ctx.params.token ?? "");
    const isLive = link?.kind === "reset";
    const data: Data = { state: isLive ? "asking" : "dead", problem: null };
    return page(data, { status: isLive ? 200 : 404 });
  },

  async POST(ctx) {
    const answer = (state: Data["state"], problem: FormProblem | null, status: number) => {
      const data: Data = { state, problem };
      return page(data, { status });
    };
    const form = await readForm(ctx.req);
    const reset = form.ok
      ? await ctx.state.core.access.resetPassword(
        ctx.params.token ?? "",
        formText(form.value, "password"),
      )
      : form;
    if (reset.ok) return answer("done", null, 200);
    if (reset.error.code === "not_found") return answer("dead", null, 404);
    const problem = formProblem(reset.error, LABELS);
    return answer("asking", problem, problem.status);
  },
});

export default define.page<typeof handler>(function ResetPassword({ data }) {
  const { state, problem } = data;
  if (state === "dead") {
    return (
      <AuthPage
        title="This link does not work"
        lead="It was used already or is older than one hour."
        foot={<a class="link" href="/reset-password">Ask for a new one</a>}
      />
    );
  }
  if (state === "done") {
    return (
      <AuthPage
        title="Your password is changed"
        lead="All devices that were signed in are signed out."
        foot={<a class="link" href="/sign-in">Sign in</a>}
      />
    );
  }
  return (
    <AuthPage title="Choose a new password" problem={problem?.message}>
      <PasswordField
        name="password"
        label={LABELS.password}
        autocomplete="new-password"
        minlength={10}
        autofocus
        hint="10 characters or more."
        {...(problem?.fields.password !== undefined && { error: problem.fields.password })}
      />
      <Button kind="primary" size="full" type="submit">Change the password</Button>
    </AuthPage>
  );
});
