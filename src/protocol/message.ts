// What a host and one of its webviews say to each other. In: a request with a number. Out: always one reply with
// that number, and, whenever anything changed, the whole view again. Requests carry intents and ids the host gave
// out; never ARNs, paths or HTML. Types only: neither side brings its platform in here.

/** From a webview: `id` is echoed by the reply. */
export interface RequestMessage<Request> {
  readonly id: number;
  readonly request: Request;
}

/** To a webview. */
export type HostMessage<View> =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'reveal'; readonly step: string }
  | { readonly kind: 'reply'; readonly id: number; readonly notice?: Notice };

/** A sentence for people: what happened, what to do, and the acts that mend it. */
export interface Notice {
  readonly severity: 'error' | 'warning' | 'info';
  readonly what: string;
  readonly advice?: string;
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly id: OfferId;
  readonly label: string;
}

export type OfferId =
  | 'showLog'
  | 'switchTarget'
  | 'switchRegion'
  | 'signIn'
  | 'pasteCredentials'
  | 'restartSandbox'
  | 'openMailbox'
  | 'manageTrust'
  | 'openSource'
  | 'useSandbox'
  | 'continueHere';

/** Any value an AWS answer can hold, once it has travelled as JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
