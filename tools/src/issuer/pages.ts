import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'oidc-provider';
import { root } from '../home.js';
import { demoUsers } from './users.js';

/** The console's own sign, which says nothing that the name beside it does not. */
const logo = readFileSync(join(root, 'admin-console', 'public', 'icon.svg'), 'utf8')
  .replace('<svg xmlns="http://www.w3.org/2000/svg"', '<svg aria-hidden="true" width="32" height="32"')
  .trim();

/** Submits the sign-out form at once; without scripts the button below it does. */
export const signOutScript = "document.getElementById('op.logoutForm').submit();\n";

export interface SignInView {
  action: string;
  user: string;
  /** What went wrong with the last attempt, in words; undefined at first. */
  problem: string | undefined;
}

export function signInPage({ action, user, problem }: SignInView): string {
  const alert = problem === undefined ? '' : `<p class="problem" id="problem" role="alert">${escapeHtml(problem)}</p>`;
  const described = problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"';
  const rows = demoUsers.map(({ name, role }) => `<tr><th scope="row"><code>${name}</code></th><td>${role}</td></tr>`);
  return page(
    'Sign in',
    `<h1>Sign in</h1>
    <p class="lead">to the Recoup console</p>
    ${alert}
    <form method="post" action="${escapeHtml(action)}">
      <label for="user">User name</label>
      <input id="user" name="user" value="${escapeHtml(user)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required${user === '' ? ' autofocus' : ''}${described}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required${user === '' ? '' : ' autofocus'}${described}>
      <button type="submit">Sign in</button>
    </form>
    <section class="demo" aria-labelledby="demo">
      <h2 id="demo">Demo users</h2>
      <p>This is a local installation. Each user’s password is the same as the name.</p>
      <table><thead><tr><th scope="col">User</th><th scope="col">Role</th></tr></thead><tbody>${rows.join('')}</tbody></table>
    </section>`,
  );
}

/** Shown on sign-out. A console that proved itself with the person's ID token signs out without a further question. */
export function signOutPage(context: Context & { oidc: { entities: { IdTokenHint?: unknown } } }, form: string): void {
  const atOnce = context.oidc.entities.IdTokenHint !== undefined;
  const formThatSignsOut = form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>');
  context.type = 'html';
  context.body = page(
    'Sign out',
    `<h1>Sign out</h1>
    <p class="lead">${atOnce ? 'You are being signed out of Recoup.' : 'Do you want to sign out of Recoup?'}</p>
    ${formThatSignsOut}
    <button type="submit" form="op.logoutForm">Sign out</button>
    ${atOnce ? '<script src="/assets/sign-out.js" defer></script>' : ''}`,
  );
}

export function signedOutPage(context: Context): void {
  context.type = 'html';
  context.body = page('Signed out', '<h1>Signed out</h1><p class="lead">You may close this page.</p>');
}

/** An error of the protocol, such as a sign-in that was left open for too long. */
export function errorPage(context: Context, out: { error: string; error_description?: string }): void {
  context.type = 'html';
  context.body = problemPage(out.error_description ?? out.error);
}

export function problemPage(reason: string): string {
  return page(
    'Sign-in did not work',
    `<h1>Sign-in did not work</h1>
    <p class="problem" role="alert">${escapeHtml(reason)}</p>
    <p>Go back to the console and sign in again from there.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Recoup</title>
  <link rel="stylesheet" href="/assets/issuer.css">
</head>
<body>
  <main>
    <p class="brand">${logo}Recoup</p>
    ${content}
  </main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
