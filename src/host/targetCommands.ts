import type { CredentialsDesk } from './credentialsDesk.ts';
import { Refusal } from './explain.ts';
import { Answers } from './resources/actions/answers.ts';
import { parseChoice, type Choice } from './targetChoice.ts';
import type { Targets } from './targets.ts';

/** What a person can do about where labs run. Called with answers, they ask nothing: `{ target: 'profile:work' }`, `{ region: 'eu-west-1' }`. */
export function targetCommands(targets: Targets, credentials: CredentialsDesk) {
  return {
    async 'awsLabs.switchTarget'(first?: unknown, second?: unknown) {
      const target = new Answers(first, second).given('target');
      if (target !== undefined) return targets.switchTo(choiceOf(target, targets));
      return (await import('./targetPicker.ts')).pickTarget(targets, credentials.store);
    },
    async 'awsLabs.switchRegion'(first?: unknown, second?: unknown) {
      return (await import('./targetPicker.ts')).pickRegion(targets, new Answers(first, second).given('region'));
    },
    'awsLabs.signIn': () => credentials.signIn(),
    'awsLabs.pasteCredentials': (given?: unknown) => credentials.paste(given),
    'awsLabs.forgetCredentials': (name?: unknown) => credentials.forget(name),
    'awsLabs.useSandbox': () => targets.switchTo({ kind: 'sandbox' }),
  };
}

/** As the setting writes it. What says nothing is not taken for the sandbox, as a setting is. */
function choiceOf(given: unknown, { choice: { region } }: Targets): Choice {
  const choice = parseChoice(String(given), region);
  if (choice.kind !== 'sandbox' || given === 'sandbox') return choice;
  const what = 'A target is sandbox, aws, profile:NAME, pasted:NAME or an address.';
  throw new Refusal({ what, advice: 'Nothing was changed.' });
}
