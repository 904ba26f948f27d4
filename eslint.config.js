import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const banned = {
  forwardRef: {
    name: '@nestjs/common',
    importNames: ['forwardRef'],
    message: 'A cycle is a design fault: split the module.',
  },
  typeorm: {
    name: 'typeorm',
    importNames: ['DataSource', 'getRepository', 'getManager'],
    message: 'Only platform/database opens connections; take the manager from the request context.',
  },
  nestTypeorm: {
    name: '@nestjs/typeorm',
    message: 'Repositories bypass the tenant; take the manager from the request context.',
  },
};

export default defineConfig(
  globalIgnores(['**/dist/**', '**/node_modules/**', 'libs/identity/theme/**']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [banned.forwardRef, banned.typeorm, banned.nestTypeorm] }],
    },
  },
  {
    files: ['libs/platform/src/database/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [banned.forwardRef] }] },
  },
  {
    files: ['apps/portal/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  { files: ['installer/**/*.ts', 'apps/{operator,rehearsal}/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { module: 'writable', process: 'readonly', console: 'readonly' } },
  },
);
