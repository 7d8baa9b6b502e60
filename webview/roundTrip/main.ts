// The round trip's page. In: whole views from the host. Out: what was pressed. Never: a text of a message as HTML.
import { render } from 'lit';
import type { Notice } from '../../src/protocol/message.ts';
import type { RoundTripRequest, RoundTripView } from '../../src/protocol/roundTrip.ts';
import { connectHost } from '../components/hostLink.ts';
import { liveRegion } from '../components/liveRegion.ts';
import { registerComponents } from '../components/toolkit.ts';
import { pageState } from './pageState.ts';
import { roundTrip } from './roundTrip.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './roundTrip.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const say = liveRegion(document);
let view: RoundTripView | undefined;
let refusal: Notice | undefined;

const host = connectHost<RoundTripView, RoundTripRequest>({
  view(next) {
    if (view !== undefined && next.said.number > view.said.number) say(next.said.text);
    if (view === undefined) restore(next);
    else forgetChosen(view, next);
    view = next;
    draw();
  },
});

const state = pageState(host.savedState(), (saved) => host.saveState(saved));

/** After a reload of the window the host knows nothing of what was chosen here. */
function restore({ trip, user }: RoundTripView): void {
  if (state.trip !== undefined && state.trip !== trip) void ask({ kind: 'trip', trip: state.trip });
  if (state.user !== undefined && state.user !== user) void ask({ kind: 'user', user: state.user });
}

/** Another journey is looked at from its newest message on. */
function forgetChosen(before: RoundTripView, next: RoundTripView): void {
  for (const trip of ['aws', 'cognito'] as const)
    if (before.trips[trip].round !== next.trips[trip].round) state.select(trip, undefined);
}

/** Buttons stay as they are while something is done, so that the focus does; only they do nothing then. */
const always = new Set<RoundTripRequest['kind']>(['ready', 'offer', 'trip', 'user', 'break']);

/** What was just chosen, until the host has answered: it is shown at once. */
let wanted: { readonly break?: string; readonly user?: string } = {};

async function ask(request: RoundTripRequest): Promise<void> {
  if (view?.busy !== undefined && !always.has(request.kind)) return;
  if (request.kind === 'trip' || request.kind === 'user') state.remember(request);
  if (request.kind === 'user') wanted = { user: request.user };
  if (request.kind === 'break') wanted = { break: request.break };
  const mine = wanted;
  refusal = await host.ask(request);
  draw();
  // The view that shows it comes just after the reply.
  setTimeout(() => {
    if (mine !== wanted) return;
    wanted = {};
    draw();
  }, 300);
}

function shown(given: RoundTripView): RoundTripView {
  const notice = given.notice ?? refusal;
  const breaks = given.breaks.map((one) => ({ ...one, chosen: one.id === wanted.break }));
  return {
    ...given,
    ...(wanted.user !== undefined && { user: wanted.user }),
    ...(wanted.break !== undefined && { breaks }),
    ...(notice !== undefined && { notice }),
  };
}

function draw(): void {
  if (view === undefined) return;
  const context = { view: shown(view), state, ask: (request: RoundTripRequest) => void ask(request), redraw: draw };
  render(roundTrip(context), root);
}

void ask({ kind: 'ready' });
