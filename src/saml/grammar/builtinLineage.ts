// Which of XML Schema's own types is a kind of which other.

const bases: Readonly<Record<string, string>> = {
  'xs:normalizedString': 'xs:string',
  'xs:token': 'xs:normalizedString',
  'xs:language': 'xs:token',
  'xs:NMTOKEN': 'xs:token',
  'xs:Name': 'xs:token',
  'xs:NCName': 'xs:Name',
  'xs:ID': 'xs:NCName',
  'xs:IDREF': 'xs:NCName',
  'xs:ENTITY': 'xs:NCName',
  'xs:integer': 'xs:decimal',
  'xs:nonNegativeInteger': 'xs:integer',
  'xs:positiveInteger': 'xs:nonNegativeInteger',
  'xs:nonPositiveInteger': 'xs:integer',
  'xs:negativeInteger': 'xs:nonPositiveInteger',
  'xs:unsignedLong': 'xs:nonNegativeInteger',
  'xs:unsignedInt': 'xs:unsignedLong',
  'xs:unsignedShort': 'xs:unsignedInt',
  'xs:unsignedByte': 'xs:unsignedShort',
  'xs:long': 'xs:integer',
  'xs:int': 'xs:long',
  'xs:short': 'xs:int',
  'xs:byte': 'xs:short',
  'md:entityIDType': 'xs:anyURI',
};

/** The type itself first, then what it is a kind of. */
export function builtinLineage(type: string): readonly string[] {
  const base = bases[type];
  return base === undefined ? [type, 'xs:anySimpleType'] : [type, ...builtinLineage(base)];
}
