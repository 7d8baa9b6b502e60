// Facts without the elements they were read from: what another thread sends over must not bring the whole document along.
import type { EntityDescription, MetadataDescription, OutlineItem } from '../../saml/describe.ts';
import type { Range } from '../../saml/xml/document.ts';

const rangeOf = ({ start, end }: Range): Range => ({ start, end });

export function plainOutline({ name, detail, range, nameRange, children }: OutlineItem): OutlineItem {
  return { name, detail, range: rangeOf(range), nameRange: rangeOf(nameRange), children: children.map(plainOutline) };
}

export function plainDescription(description: MetadataDescription): MetadataDescription {
  return { ...description, entities: description.entities.map(plainEntity) };
}

/** Certificates stand in the time line, each once. */
function plainEntity(entity: EntityDescription): EntityDescription {
  const roles = entity.roles.map((role) => ({
    ...role,
    range: rangeOf(role.range),
    certificates: [],
    endpoints: role.endpoints.map((endpoint) => ({ ...endpoint, range: rangeOf(endpoint.range) })),
  }));
  return { ...entity, range: rangeOf(entity.range), roles };
}
