import { destinationOf } from '../../../aws/actions/destination.ts';
import { emptyDraft, type Draft } from '../../../aws/actions/draft.ts';
import { problemsOf } from '../../../aws/actions/messageRules.ts';
import { sendDraft, type Sent } from '../../../aws/actions/sendDraft.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { Refusal } from '../../explain.ts';
import type { LateComposer } from '../lateComposer.ts';
import { readDraft } from '../readDraft.ts';
import { onResource, type ActionRim, type Call } from './actionRim.ts';

/** Each opens the composer; called with answers (a body at least), it sends at once and answers with the results. */
export function composeActions(rim: ActionRim, composer: LateComposer) {
  const open = async (found: Found, call: Call) =>
    call.answers.silent ? sendNow(rim, found, call) : composer.open({ to: found });
  return {
    'awsLabs.sendMessage': onResource(rim, { kinds: ['queue'], title: 'Send a message to which queue?' }, open),
    'awsLabs.publishMessage': onResource(rim, { kinds: ['topic'], title: 'Publish to which topic?' }, open),
    'awsLabs.putRecord': onResource(rim, { kinds: ['stream'], title: 'Put a record into which stream?' }, open),
  };
}

async function sendNow(rim: ActionRim, found: Found, { target, answers }: Call): Promise<readonly Sent[]> {
  const to = await destinationOf({ target }, found);
  if (to === undefined) throw new Refusal({ what: `${found.name} is no longer there.` });
  const fields = Object.keys(emptyDraft).map((field) => [field, answers.given(field)] as const);
  const draft: Draft = readDraft(Object.fromEntries(fields));
  const [problem] = problemsOf(to, draft);
  if (problem) throw new Refusal({ what: `${problem.field}: ${problem.what}`, advice: 'Nothing was sent.' });
  const sent = await sendDraft(target, to, draft);
  rim.refresh.refresh({ kind: 'resource', found });
  return sent;
}
