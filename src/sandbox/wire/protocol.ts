// What the five protocols have in common: bytes become an operation's input, an output becomes bytes, a refusal becomes bytes.
import type { AwsError } from '../service.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';
import type { Dialect } from './fault.ts';
import type { Model, Operation } from './model.ts';
import type { Structure } from './shape.ts';

export interface Protocol {
  readonly dialect: Dialect;
  read(operation: Operation, request: WireRequest): Record<string, unknown> | Promise<Record<string, unknown>>;
  write(model: Model, operation: Operation, output: unknown, requestId: string): WireAnswer;
  refuse(model: Model | undefined, error: AwsError, requestId: string): WireAnswer;
}

/** An error as its schema knows it, or as it came where no schema does. */
export interface KnownError {
  readonly shape: Structure | undefined;
  readonly name: string;
  readonly queryCode: string;
  readonly fault: 'client' | 'server';
  readonly status: number;
  readonly queryStatus: number;
}

export function knownError(model: Model | undefined, error: AwsError): KnownError {
  const shape = model?.errors.get(error.code);
  const traits = shape?.traits;
  const said = error.options.status;
  const fault = error.options.fault ?? traits?.error ?? (said && said >= 500 ? 'server' : 'client');
  const status = said ?? traits?.httpError ?? (fault === 'server' ? 500 : 400);
  return {
    shape,
    name: shape?.name ?? error.code,
    queryCode: traits?.awsQueryError?.[0] ?? error.code,
    fault,
    status,
    queryStatus: said ?? traits?.awsQueryError?.[1] ?? status,
  };
}
