// @ts-check
import withNuxt from './.nuxt/eslint.config.mjs'

export default withNuxt(
  {
    name: 'project/types',
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // It rejects `Promise.withResolvers<void>()`, which has no alternative.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    // Node's types reach the page through those of packages.
    name: 'project/page',
    files: ['*.vue', 'app.config.ts', '{pages,components,composables,stores,utils,plugins}/**/*.{ts,vue}'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'setImmediate'] },
  },
  {
    name: 'project/log',
    files: ['server/**/*.ts', 'packages/**/*.ts'],
    ignores: ['packages/eval/**'],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'project/environment',
    files: ['**/*.{ts,vue}'],
    ignores: [
      ...['tests/**', 'bench/**', 'packages/eval/**', 'scripts/**', '*.config.ts'],
      // These read or set the environment.
      ...['server/config/of-process.ts', 'server/entry.ts', 'mcp/main.ts'],
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'MemberExpression[object.name="process"][property.name="env"]',
          'MemberExpression[object.name="process"][property.value="env"]',
          'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
          'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
        ].map((selector) => ({
          selector,
          message: 'Only server/config/of-process.ts and mcp/main.ts read the environment.',
        })),
      ],
    },
  },
)
