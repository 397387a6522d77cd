/** Sends the browser to the sign-in page, and back to where it is now afterwards. */
export function goToSignIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/auth/sign-in?returnTo=${encodeURIComponent(pathname + search)}`);
}
