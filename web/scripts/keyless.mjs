// A plugin of the code generator: the types without an id. The cache keeps each
// of their values inside the value that holds it.
import { isObjectType } from 'graphql';

const roots = new Set(['Query', 'Mutation', 'Subscription']);

export const plugin = (schema) => {
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.has(type.name))
    .filter((type) => !('id' in type.getFields()))
    .map((type) => type.name)
    .sort();
  return `/** Object types without an id. */\nexport const keyless = ${JSON.stringify(names, null, 2)} as const;\n`;
};
