import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { define } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { localPath } from "../../(_shared)/local_path.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";
import { startSession } from "../(_parts)/start_session.ts";

const LABELS = { email: "Email", password: "Password" } as const;

export const handler = define.handlers({
  async GET(ctx) {
    const { core, principal } = ctx.state;
    const next = localPath(ctx.url.searchParams.get("next"), "/");
    if (principal?.type === "user") return ctx.redirect(next, 303);
    const workspace = await core.access.workspace();
    return page({
      workspace: workspace.name,
      isSetUp: workspace.isSetUp,
      email: "",
      problem: null,
    });
  },

  async POST(ctx) {
    const { core, remoteAddress } = ctx.state;
    const { name, isSetUp } = await core.access.workspace();
    const again = (email: string, problem: FormProblem) =>
      page({ workspace: name, isSetUp, email, problem }, { status: problem.status });

    const form = await readForm(ctx.req);
    if (!form.ok) return again("", formProblem(form.error, LABELS));
    const email = formText(form.value, "email");
    const signedIn = await core.access.signIn({
      email,
      password: formText(form.value, "password"),
      userAgent: ctx.req.headers.get("user-agent") ?? "",
      remoteAddress,
    });
    if (!signedIn.ok) return again(email, signInProblem(formProblem(signedIn.error, LABELS)));
    return startSession(
      ctx,
      signedIn.value.token,
      localPath(ctx.url.searchParams.get("next"), "/"),
    );
  },
});

/** Does not tell whether the address or the password was wrong. */
function signInProblem(problem: FormProblem): FormProblem {
  if (problem.status !== 401) return problem;
  return { ...problem, message: "This address and password do not belong together." };
}

export default define.page<typeof handler>(function SignIn({ data }) {
  const { workspace, isSetUp, email, problem } = data;
  if (!isSetUp) {
    return (
      <AuthPage
        title="Parley is not set up yet"
        lead="Open the set-up link that was printed when Parley started. It is in the terminal or the log."
      />
    );
  }
  return (
    <AuthPage
      title={`Sign in to ${workspace}`}
      problem={problem?.message}
      foot="Trouble? Ask an admin of your workspace."
    >
      <TextField
        name="email"
        label={LABELS.email}
        type="email"
        autocomplete="username"
        required
        autofocus={email === ""}
        value={email}
        error={problem?.fields.email}
      />
      <PasswordField
        name="password"
        label={LABELS.password}
        autocomplete="current-password"
        forgotHref="/reset-password"
        {...(problem?.fields.password !== undefined && { error: problem.fields.password })}
      />
      <Button kind="primary" size="full" type="submit">Sign in</Button>
    </AuthPage>
  );
});
