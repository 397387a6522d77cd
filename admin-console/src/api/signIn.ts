let leaving = false;

/** Sends the browser to the sign-in page once, and back to where it is now afterwards. */
export function goToSignIn(): void {
  if (leaving) return;
  leaving = true;
  const { pathname, search } = window.location;
  window.location.assign(`/auth/sign-in?returnTo=${encodeURIComponent(pathname + search)}`);
}
