/** Light or dark, as somebody chose in this browser; without a choice the system decides. */
export type Theme = "light" | "dark";

const COOKIE = "parley_theme";
const YEAR_S = 365 * 24 * 60 * 60;

/** The chosen theme, or null to follow the system. */
export function themeOf(request: Request): Theme | null {
  const cookies = request.headers.get("cookie") ?? "";
  const found = cookies.split(/;\s*/).find((pair) => pair.startsWith(`${COOKIE}=`));
  const theme = found?.slice(COOKIE.length + 1);
  return theme === "light" || theme === "dark" ? theme : null;
}

/** A Set-Cookie value that keeps the choice for a year, or forgets it. */
export function themeCookie(theme: Theme | null): string {
  return theme === null
    ? `${COOKIE}=; Path=/; Max-Age=0; SameSite=Lax`
    : `${COOKIE}=${theme}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
}
