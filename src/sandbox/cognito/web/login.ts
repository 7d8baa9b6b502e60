// The sign-in page of a pool: its own users, and a button for each identity provider of the client.
import { AwsError, type WebAnswer, type WebRequest } from '../../service.ts';
import { formOf, html, page, queryOf, type Html } from '../../webPage.ts';
import { checkMayEnter, userOrRefusal } from '../enter.ts';
import type { Cognito } from '../cognito.ts';
import { checkPassword, setPassword, verifyPassword } from '../passwords.ts';
import type { AppClient, Pool, User, WebWish } from '../state.ts';
import { finish } from './finish.ts';
import { readWish } from './webWish.ts';

export async function login(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const read = readWish(pool, queryOf(request));
  if (!read.ok) return read.answer;
  const { client, wish } = read;
  if (request.method !== 'POST') return showLogin(pool, client, wish, request.query);
  const form = formOf(request);
  const name = form.get('username')?.trim() ?? '';
  try {
    const user = userOrRefusal({ pool, client }, name);
    verifyPassword(cognito, pool, user, form.get('password') ?? '');
    checkMayEnter(cognito, pool, user);
    if (user.status === 'FORCE_CHANGE_PASSWORD' && !changePassword(cognito, pool, user, form.get('new_password')))
      return showLogin(pool, client, wish, request.query, { name, message: 'Choose a new password.', renew: true });
    return await finish(cognito, { pool, client, user, wish, flow: cognito.world.id() });
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    const renew = thrown.code === 'InvalidPasswordException';
    return showLogin(pool, client, wish, request.query, { name, message: thrown.message, renew });
  }
}

/** @throws InvalidPasswordException */
function changePassword(cognito: Cognito, pool: Pool, user: User, password: string | null): boolean {
  if (password === null || password === '') return false;
  checkPassword(pool, password);
  setPassword(cognito, pool, user, password);
  user.status = 'CONFIRMED';
  return true;
}

interface Again {
  readonly name: string;
  readonly message: string;
  readonly renew: boolean;
}

function showLogin(pool: Pool, client: AppClient, wish: WebWish, query: string, again?: Again): WebAnswer {
  const supported = client.settings.SupportedIdentityProviders ?? ['COGNITO'];
  const buttons = supported
    .filter((name) => name !== 'COGNITO' && pool.providers.has(name))
    .map((name) => providerButton(name, query));
  const callback = URL.parse(wish.redirectUri);
  return page({
    title: `Sign in to ${pool.name}`,
    // A form's redirections count for the policy too: the app is where it ends.
    formsTo: [
      "'self'",
      callback && /^https?:$/.test(callback.protocol) ? callback.origin : (callback?.protocol ?? "'self'"),
    ],
    ...(again && { status: 200 }),
    body: html`${again ? html`<p class="error" role="alert">${again.message}</p>` : undefined}
      ${
        buttons.length > 0
          ? html`<h2>With your company's account</h2>
              <p>${buttons}</p>`
          : undefined
      }
      ${supported.includes('COGNITO') ? nativeForm(query, again) : undefined}
      <p class="note">
        This is the sandbox's page for the user pool ${pool.id}. On AWS it is Cognito's managed login.
      </p>`,
  });
}

function providerButton(name: string, query: string): Html {
  const asked = new URLSearchParams(query);
  asked.set('identity_provider', name);
  return html`<a class="button" href="/oauth2/authorize?${asked.toString()}">${name}</a>`;
}

const nativeForm = (query: string, again: Again | undefined): Html =>
  html`<h2>With your user name</h2>
    <form method="post" action="/login?${query}">
      <label>User name <input name="username" autocomplete="username" required value="${again?.name ?? ''}" /></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
      ${
        again?.renew
          ? html`<label
              >New password <input name="new_password" type="password" autocomplete="new-password" required
            /></label>`
          : undefined
      }
      <button>Sign in</button>
    </form>`;
