// Everything one can do with a resource, as commands: from context menus, the palette and keys. In: a row, or nothing, and maybe answers.
// Out: what was made or done, so that commands can call each other. Never: changes anything that the person did not ask for by name or row.
import type { LateComposer } from '../lateComposer.ts';
import type { ActionRim } from './actionRim.ts';
import { composeActions } from './composeActions.ts';
import { copyActions } from './copyActions.ts';
import { createActions } from './createActions.ts';
import { instanceActions } from './instanceActions.ts';
import type { JsonDocuments } from './jsonDocument.ts';
import { objectActions } from './objectActions.ts';
import { redriveActions } from './redriveActions.ts';
import { removeActions } from './removeActions.ts';
import { subscriptionActions } from './subscriptionActions.ts';
import { tagActions } from './tagActions.ts';

export function resourceActions(rim: ActionRim, composer: LateComposer, documents: JsonDocuments) {
  return {
    ...createActions(rim),
    ...composeActions(rim, composer),
    ...subscriptionActions(rim),
    ...removeActions(rim),
    ...redriveActions(rim),
    ...instanceActions(rim),
    ...objectActions(rim),
    ...tagActions(rim),
    ...copyActions(rim, documents),
  };
}
