// A service's operations and errors, read from its SDK client's schemas. Nothing is compiled before it is used.
import type { ServiceDescription } from './description.ts';
import { shapeOf, type Shape, type Structure, type Traits } from './shape.ts';

export interface Operation {
  readonly name: string;
  readonly traits: Traits;
  readonly input: Shape;
  readonly output: Shape;
}

export interface Model {
  readonly description: ServiceDescription;
  readonly namespace: string;
  readonly operations: ReadonlyMap<string, Operation>;
  /** By the shape's name, and by the query protocol's code. */
  readonly errors: ReadonlyMap<string, Structure>;
}

export function createModel(description: ServiceDescription, schemas: object): Model {
  const operations = new Map<string, Operation>();
  const errors = new Map<string, Structure>();
  let namespace = '';
  // S3 and EC2 write '...T00:00:00.000Z'; IAM and STS leave the milliseconds out.
  const precise = description.protocol === 'restXml' || description.protocol === 'ec2';
  for (const schema of Object.values(schemas)) {
    if (!Array.isArray(schema)) continue;
    const [kind, space, name] = schema as readonly unknown[];
    if (kind === 9) {
      operations.set(String(name), operationOf(String(name), schema, precise));
      namespace = String(space);
    }
    if (kind === -3 && !String(space).startsWith('smithy.ts.sdk.synthetic')) addError(errors, shapeOf(schema));
  }
  return { description, namespace, operations, errors };
}

function operationOf(name: string, schema: readonly unknown[], precise: boolean): Operation {
  const traits = schema[3];
  let input: Shape | undefined;
  let output: Shape | undefined;
  return {
    name,
    traits: typeof traits === 'object' && traits !== null ? traits : {},
    get input() {
      return (input ??= shapeOf(schema[4], precise));
    },
    get output() {
      return (output ??= shapeOf(schema[5], precise));
    },
  };
}

function addError(errors: Map<string, Structure>, shape: Shape): void {
  if (shape.kind !== 'structure') return;
  errors.set(shape.name, shape);
  const query = shape.traits.awsQueryError?.[0];
  if (query && !errors.has(query)) errors.set(query, shape);
}
