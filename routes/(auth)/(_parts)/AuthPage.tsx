import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { BrandMark } from "@/islands/(_components)/BrandMark.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";

export interface AuthPageProps {
  readonly title: string;
  readonly lead?: ComponentChildren | undefined;
  /** What went wrong with the whole form. */
  readonly problem?: string | null | undefined;
  /** Where the form posts to: to its own page by default; null: there is no form. */
  readonly action?: string | null | undefined;
  /** Below the form, small. */
  readonly foot?: ComponentChildren | undefined;
  /** The form's fields; a page that asks for nothing has none. */
  readonly children?: ComponentChildren | undefined;
}

/** A narrow page of its own: the logo, a title, one form that posts to itself. */
export function AuthPage({ title, lead, problem, action, foot, children }: AuthPageProps) {
  const head = (
    <>
      <BrandMark />
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
      {problem && <Banner kind="danger" boxed role="alert">{problem}</Banner>}
    </>
  );
  return (
    <SoloShell>
      <Head>
        <title>{title} · Parley</title>
      </Head>
      {children === undefined || action === null
        ? <div class="sign">{head}{children}</div>
        : (
          <form class="sign" method="post" action={action} aria-label={title}>
            {head}
            {children}
          </form>
        )}
      {foot && <p class="meta">{foot}</p>}
    </SoloShell>
  );
}
