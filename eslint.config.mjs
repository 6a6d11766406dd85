// @ts-check
import { importDirections } from './scripts/import-directions.mjs'
import withNuxt from './.nuxt/eslint.config.mjs'

export default withNuxt(
  {
    name: 'project/types',
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // It refuses `Promise.withResolvers<void>()`, which has no other spelling.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    name: 'project/log',
    files: ['server/**/*.ts', 'demo/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  ...importDirections,
)
