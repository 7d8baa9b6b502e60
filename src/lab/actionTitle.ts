// What an action is called where its author gave no title.
import { sayDuration } from './duration.ts';
import { resolveWhatIsKnown, type Scope } from './expression.ts';
import type { Action } from './model.ts';

export function titleOf(action: Action, scope: Scope): string {
  if (action.title !== undefined) return action.title;
  switch (action.kind) {
    case 'call':
      return action.request.operation;
    case 'until':
      return `Until ${action.expression}`;
    case 'wait':
      return `Wait ${sayDuration(action.ms)}`;
    case 'ask':
      return String(resolveWhatIsKnown(action.question, scope).value);
    case 'show':
      return 'Look at it';
    case 'metadata':
      return 'Read the metadata';
    case 'relying-party':
      return 'What the identity provider is to be told';
    case 'sign-in':
      return `${String(resolveWhatIsKnown(action.user, scope).value)} signs in`;
    case 'open':
      return `Open ${String(resolveWhatIsKnown(action.url, scope).value)}`;
    case 'agent':
      return action.act === 'start' ? 'Start the log agent' : 'Stop the log agent';
  }
}
