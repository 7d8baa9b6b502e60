// The attributes that users may have: the standard ones, and those of a pool's own.
import type { AttributeType, SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { invalid } from './refusals.ts';
import type { Pool } from './state.ts';

const text = (Name: string, min = 0, max = 2048, more: Partial<SchemaAttributeType> = {}): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: String(min), MaxLength: String(max) },
  ...more,
});

const flag = (Name: string): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
});

const standard: readonly SchemaAttributeType[] = [
  text('profile'),
  text('address'),
  text('birthdate', 10, 10),
  text('gender'),
  text('preferred_username'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
  text('website'),
  text('picture'),
  text('identities', 0, 2048, { StringAttributeConstraints: {} }),
  text('sub', 1, 2048, { Mutable: false, Required: true }),
  text('phone_number'),
  flag('phone_number_verified'),
  text('zoneinfo'),
  text('locale'),
  text('email'),
  flag('email_verified'),
  text('given_name'),
  text('family_name'),
  text('middle_name'),
  text('name'),
  text('nickname'),
];

/** @throws InvalidParameterException */
export function makeSchema(given: readonly SchemaAttributeType[] = []): SchemaAttributeType[] {
  const schema = new Map(standard.map((one) => [one.Name ?? '', { ...one }]));
  for (const wish of given) {
    const name = wish.Name ?? '';
    const known = schema.get(name);
    if (known) schema.set(name, { ...known, Required: wish.Required ?? false, Mutable: wish.Mutable ?? true });
    else addCustom(schema, wish);
  }
  return [...schema.values()];
}

function addCustom(schema: Map<string, SchemaAttributeType>, wish: SchemaAttributeType): void {
  const { Name = '', AttributeDataType = 'String', Mutable = true, Required = false } = wish;
  if (Required) throw invalid('Required custom attributes are not supported currently.');
  const prefix = wish.DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:';
  schema.set(`${prefix}${Name}`, {
    Name: `${prefix}${Name}`,
    AttributeDataType,
    DeveloperOnlyAttribute: wish.DeveloperOnlyAttribute ?? false,
    Mutable,
    Required: false,
    ...(AttributeDataType === 'String' && { StringAttributeConstraints: wish.StringAttributeConstraints ?? {} }),
    ...(AttributeDataType === 'Number' && { NumberAttributeConstraints: wish.NumberAttributeConstraints ?? {} }),
  });
}

/** @throws InvalidParameterException */
export function addAttributes(pool: Pool, given: readonly SchemaAttributeType[]): void {
  const schema = new Map(pool.schema.map((one) => [one.Name ?? '', one]));
  for (const wish of given) {
    const name = `${wish.DeveloperOnlyAttribute ? 'dev:' : ''}custom:${wish.Name ?? ''}`;
    if (schema.has(name)) throw invalid(`${name}: Existing attribute already has name ${name}.`);
    addCustom(schema, wish);
  }
  pool.schema.splice(0, pool.schema.length, ...schema.values());
}

/** New attributes of a user, judged by the schema. @throws InvalidParameterException */
export function readAttributes(
  pool: Pool,
  given: readonly AttributeType[] | undefined,
  before: ReadonlyMap<string, string> | undefined,
): Map<string, string> {
  const read = new Map((given ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
  for (const [name, value] of read) {
    const rule = pool.schema.find((one) => one.Name === name);
    if (!rule || name === 'sub' || name === 'identities')
      throw unlike(`${name}: Attribute does not exist in the schema.`);
    if (before?.has(name) && rule.Mutable === false) throw invalid(`user.${name}: Attribute cannot be updated.`);
    checkValue(name, value, rule);
  }
  return read;
}

const unlike = (what: string) => invalid(`Attributes did not conform to the schema: ${what}\n`);

/** @throws InvalidParameterException */
export function checkRequired(pool: Pool, attributes: ReadonlyMap<string, string>): void {
  const missing = pool.schema.find(
    ({ Name = '', Required }) => Required === true && Name !== 'sub' && !attributes.has(Name),
  );
  if (missing) throw unlike(`${missing.Name ?? ''}: The attribute ${missing.Name ?? ''} is required`);
}

function checkValue(name: string, value: string, rule: SchemaAttributeType): void {
  if (value === '') return;
  if (name === 'email' && !isEmail(value)) throw invalid('Invalid email address format.');
  if (name === 'phone_number' && !isPhone(value)) throw invalid('Invalid phone number format.');
  if (rule.AttributeDataType === 'Boolean' && !/^(true|false)$/i.test(value))
    throw unlike(`${name}: Attribute value is not a boolean.`);
  if (rule.AttributeDataType === 'Number' && !/^-?\d+(\.\d+)?$/.test(value))
    throw unlike(`${name}: Attribute value is not a number.`);
  const { MinLength, MaxLength } = rule.StringAttributeConstraints ?? {};
  if (MinLength !== undefined && value.length < Number(MinLength))
    throw unlike(`${name}: String must be at least ${MinLength} characters long`);
  if (MaxLength !== undefined && value.length > Number(MaxLength))
    throw unlike(`${name}: String must be no longer than ${MaxLength} characters`);
}

export const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
export const isPhone = (value: string): boolean => /^\+\d{1,15}$/.test(value);
