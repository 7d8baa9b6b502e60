// What each operation of a lab takes, loaded once before the first call.
import type { OperationName } from '../aws/operations.ts';
import { inputShape, type InputShape } from '../aws/shapes.ts';
import type { Lab } from './model.ts';

export async function loadShapes(lab: Lab): Promise<ReadonlyMap<OperationName, InputShape>> {
  const requests = lab.steps.flatMap((step) => [
    ...step.actions.flatMap((action) => {
      if (action.kind === 'call' || action.kind === 'until') return action.request.operation;
      return action.kind === 'ask' && action.until ? action.until.request.operation : [];
    }),
    ...step.checks.flatMap(({ of }) => (of.kind === 'call' ? [of.request.operation] : [])),
  ]);
  const shapes = [...new Set(requests)].map(async (operation) => [operation, await inputShape(operation)] as const);
  return new Map(await Promise.all(shapes));
}
