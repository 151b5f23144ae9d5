import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";

const LABELS = { email: "Email" } as const;
const NO_PROBLEM: FormProblem | null = null;

export const handler = define.handlers({
  GET: () => page({ isSent: false, problem: NO_PROBLEM }),

  async POST(ctx) {
    const { core, remoteAddress } = ctx.state;
    const form = await readForm(ctx.req);
    const asked = form.ok
      ? await core.access.requestPasswordReset(formText(form.value, "email"), remoteAddress)
      : form;
    if (asked.ok) return page({ isSent: true, problem: NO_PROBLEM });
    const problem: FormProblem = formProblem(asked.error, LABELS);
    return page({ isSent: false, problem }, { status: problem.status });
  },
});

export default define.page<typeof handler>(function ForgottenPassword({ data, state }) {
  const { isSent, problem } = data;
  const back = <a class="link" href="/sign-in">Back to sign in</a>;
  if (!state.core.access.canMail) {
    return (
      <AuthPage
        title="Forgotten password"
        lead="This server sends no mail. An admin can set a new password with the command: deno task admin user password EMAIL"
        foot={back}
      />
    );
  }
  if (isSent) {
    return (
      <AuthPage
        title="Look into your mail"
        lead="If the address belongs to somebody here, a link is on its way. It works for one hour."
        foot={back}
      />
    );
  }
  return (
    <AuthPage
      title="Forgotten password"
      lead="We send you a link with which you choose a new one."
      problem={problem?.message}
      foot={back}
    >
      <TextField
        name="email"
        label={LABELS.email}
        type="email"
        autocomplete="username"
        required
        autofocus
        error={problem?.fields.email}
      />
      <Button kind="primary" size="full" type="submit">Send the link</Button>
    </AuthPage>
  );
});
