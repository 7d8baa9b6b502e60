import * as vscode from 'vscode';
import { runningAutoOff, stopInstances } from '../../../aws/actions/autoOff.ts';
import { isRealAccount } from '../../../aws/realAccount.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { Refusal } from '../../explain.ts';
import { plainMessage } from '../../plainMessage.ts';
import { onResource, onTarget, type ActionRim, type Call } from './actionRim.ts';
import { say } from './answers.ts';

export function instanceActions(rim: ActionRim) {
  return {
    'awsLabs.startInstance': onResource(rim, { kinds: ['instance'], title: 'Start an instance' }, (found, call) =>
      startOne(rim, found, call),
    ),
    'awsLabs.stopInstance': onResource(rim, { kinds: ['instance'], title: 'Stop an instance' }, (found, call) =>
      stopOne(rim, found, call),
    ),
    'awsLabs.stopAllAutoOff': onTarget(rim, (call) => stopAll(rim, call)),
  };
}

async function startOne(rim: ActionRim, found: Found, { target }: Call): Promise<true> {
  await target.send('ec2.StartInstances', { InstanceIds: [found.ref] });
  rim.refresh.refresh({ kind: 'resource', found });
  say(`${found.name} is being started.`);
  return true;
}

async function stopOne(rim: ActionRim, found: Found, { target }: Call): Promise<true> {
  await target.send('ec2.StopInstances', { InstanceIds: [found.ref] });
  rim.refresh.refresh({ kind: 'resource', found });
  say(`${found.name} is being stopped. Its disks stay, and cost on.`);
  return true;
}

/** Shows which first: these, and no other. Answers with the ids that are being stopped. */
async function stopAll(rim: ActionRim, { target, answers }: Call): Promise<readonly string[] | undefined> {
  const running = await runningAutoOff({ target });
  if (running.length === 0)
    throw new Refusal({
      severity: 'info',
      what: 'No running instance has the tag AutoOff=yes.',
      advice: 'Tags are case-sensitive: those that nearly match are listed apart in the Resources view.',
    });
  const lines = running.map(({ id, name, type }) => (name === id ? `${id} ${type}` : `${name} (${id}) ${type}`));
  const count = `${running.length} ${running.length === 1 ? 'instance' : 'instances'}`;
  if (isRealAccount(target) || answers.given('confirm') !== running.length) {
    const detail = plainMessage(`${lines.join('\n')}\n\nAccount ${target.account}, ${target.region}`);
    const yes = `Stop ${count}`;
    const asked = `Stop ${count} with AutoOff=yes?`;
    if ((await vscode.window.showWarningMessage(asked, { modal: true, detail }, yes)) !== yes) return undefined;
  }
  const ended = await stopInstances(
    { target },
    running.map(({ id }) => id),
  );
  rim.refresh.refresh({ kind: 'group', group: 'instance' });
  const refused = ended.flatMap((each) => (each.ok ? [] : [`${each.id}: ${each.why}`]));
  if (refused.length > 0)
    throw new Refusal({
      what: `${refused.length} of ${count} could not be stopped. ${refused.join(' ')}`,
      advice: 'The others are being stopped.',
    });
  say(`${count} ${running.length === 1 ? 'is' : 'are'} being stopped.`);
  return ended.map(({ id }) => id);
}
