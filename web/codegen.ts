import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../graph/schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/api/gql/**'],
  ignoreNoDocuments: true,
  generates: {
    'src/api/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        // The wire has text and numbers; what they mean is in the schema's descriptions.
        scalars: {
          Cursor: 'string',
          Date: 'string',
          Int64: 'number',
          JSON: 'unknown',
          Time: 'string',
        },
      },
    },
    'src/api/gql/keyless.ts': { plugins: ['./scripts/keyless.mjs'] },
  },
};

export default config;
