// The app that somebody signs in to, as far as a browser sees it: http://sample-app.localhost:<port>. Cognito sends the browser back here, with a code
// or with an error. The page says so, and no more: whoever plays the app's server side (the editor, a script) redeems the code.
import { html, page, queryOf, errorPage } from '../webPage.ts';
import type { WebAnswer, WebRequest } from '../service.ts';

export function sampleApp(request: WebRequest): WebAnswer {
  if (request.method !== 'GET') return errorPage(405, 'Sample app', 'This app only shows pages.');
  const query = queryOf(request);
  switch (request.path) {
    case '/callback':
      return query.has('code') ? signedIn() : refused(query);
    case '/bye':
      return said('You are signed out', 'The app has forgotten you, and so have Cognito and the identity provider.');
    default:
      return said('Sample app', 'Begin in the editor: AWS Labs: SAML Round Trip.');
  }
}

const said = (title: string, text: string): WebAnswer => page({ title, body: html`<p>${text}</p>` });

const signedIn = (): WebAnswer =>
  page({
    title: 'You are back at the app',
    body: html`<p>Cognito has sent this browser here with a code, which is good for one exchange and five minutes.</p>
      <p class="note">
        The app's server exchanges the code for tokens. Here the editor does that: go back to it, and read them there.
      </p>`,
  });

function refused(query: URLSearchParams): WebAnswer {
  const error = query.get('error') ?? 'invalid_request';
  const description = query.get('error_description') ?? 'Neither a code nor an error came along.';
  return errorPage(400, 'The app cannot sign you in', `${error}: ${description}`);
}
