/**
 * Where to go after signing in: a page of the same institution and nothing else, so that our sign-in can't be made to lead
 * to a stranger's site (open redirect). Anything else becomes the institution's home.
 */
export function safeReturnTo(slug: string, wanted: string | undefined): string {
  const home = `/t/${slug}/`;
  if (wanted === undefined || wanted.length > 2_000) return home;
  // A placeholder host: resolving as a browser does (backslashes, `//`, dot segments) shows where it would really lead.
  const base = 'https://host.invalid';
  if (!URL.canParse(wanted, base)) return home;
  const url = new URL(wanted, base);
  const inside = url.origin === base && (url.pathname === `/t/${slug}` || url.pathname.startsWith(home));
  // Signing in to be sent to the sign-in again would be a loop.
  if (!inside || url.pathname.startsWith(`${home}auth/`)) return home;
  return url.pathname + url.search + url.hash;
}
