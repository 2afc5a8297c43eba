// Lint rules. Layers between folders are checked by dependency-cruiser; types by tsc and vue-tsc.
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const numericFolders = [
  'src-main/core/compute/**/*.ts',
  'src-main/core/methods/**/*.ts',
  'src-main/core/features/**/*.ts',
  'src-main/core/evaluation/**/*.ts',
  'src-main/core/selection/**/*.ts',
  'bench/**/*.ts'
]

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/', 'coverage/']
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A promise nobody waits for hides failures; typed rules below catch it.
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='openExternal']",
          message: 'Only hosts/electron/external-links.ts opens links (security rule E8).'
        },
        {
          selector:
            "CallExpression[callee.object.name='ipcMain'][callee.property.name=/^(on|handle)$/]",
          message: 'Only hosts/electron/ipc-port.ts listens to IPC (security rule E9).'
        },
        {
          selector:
            "CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name='only']",
          message: 'A focused test hides the others.'
        }
      ],
      eqeqeq: ['error', 'always'],
      'no-console': 'off'
    }
  },
  {
    files: ['src-main/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './tsconfig.main.json', tsconfigRootDir: import.meta.dirname }
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ]
    }
  },
  {
    files: numericFolders,
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
  },
  {
    files: ['src-main/hosts/electron/external-links.ts', 'src-main/hosts/electron/ipc-port.ts'],
    rules: { 'no-restricted-syntax': 'off' }
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] }
    },
    rules: {
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/require-default-prop': 'off',
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require']
    }
  },
  {
    files: ['**/*.test.ts', 'e2e/**/*.ts', '**/*.test-support.ts'],
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Small parents written in a test, without `this`.
      'vue/order-in-components': 'off',
      'vue/one-component-per-file': 'off',
      'vue/no-arrow-functions-in-watch': 'off',
      'no-restricted-globals': 'off'
    }
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...globals.commonjs } }
  },
  prettier
)
