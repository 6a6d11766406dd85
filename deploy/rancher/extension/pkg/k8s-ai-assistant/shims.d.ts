declare module '@rancher/auto-import' {
  /** Registers the texts of `l10n/`. */
  export function importTypes(plugin: object): void
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
