import { HttpError, type AuthProvider } from 'react-admin';
import { may, type Action, type Resource } from '@recoup/service-kit/identity/permissions';
import type { Identity } from './identity.js';
import { send } from './send.js';
import { pageSession } from './session.js';
import { ownerOf } from './services.js';
import { goToSignIn } from './signIn.js';

let identity: Promise<Identity> | undefined;

/** Who is signed in; asked once a page load, for the session's cookie does not change under a page. */
export function currentIdentity(): Promise<Identity> {
  identity ??= send<Identity>('/auth/me').then(({ json }) => json);
  identity.then(
    (found) => pageSession.begin(found),
    () => (identity = undefined),
  );
  return identity;
}

/** Sign-in by the console server's session; the browser holds no token (CON-1). */
export const authProvider: AuthProvider = {
  login: async () => goToSignIn(),
  async logout() {
    // react-admin signs out whoever has no session, too; then there is nothing to end.
    if (identity === undefined) return false;
    identity = undefined;
    const { json } = await send<{ redirectTo: string }>('/auth/sign-out', { method: 'POST', body: {} });
    window.location.assign(json.redirectTo);
    return false;
  },
  async checkAuth() {
    await currentIdentity();
  },
  async checkError(error: unknown) {
    if (error instanceof HttpError && error.status === 401) goToSignIn();
  },
  async getIdentity() {
    const { user, name } = await currentIdentity();
    return { id: user, fullName: name };
  },
  getPermissions: async () => currentIdentity(),
  async canAccess({ resource, action }) {
    const { role } = await currentIdentity();
    const { name } = ownerOf(resource);
    return may(role, name as Resource, action === 'list' || action === 'show' ? 'read' : (action as Action));
  },
};
