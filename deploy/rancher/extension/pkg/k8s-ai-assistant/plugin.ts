/** The little that the extension uses of Rancher's plugin API. The shell's own types are stricter than its code. */
import type { Component } from 'vue'

interface Where {
  product?: string[]
}

interface Labelled {
  labelKey: string
  tooltipKey?: string
}

interface Action extends Labelled {
  /** A name of Rancher's icon font. */
  icon?: string
  /** An image's URL, instead. */
  svg?: string
  /** Offered for several rows at once. */
  multiple?: boolean
  enabled?: (resource: unknown) => boolean
  invoke: (options: unknown, resources: unknown[]) => void
}

interface Navigation {
  product: (options: object) => void
  virtualType: (options: object) => void
  basicType: (names: string[]) => void
  weightType: (name: string, weight: number, isBasic: boolean) => void
}

export interface Plugin {
  metadata: object
  /** Filled by `DSL`. */
  productNames: string[]
  /** Registers for a product: ours, or one of Rancher's such as `explorer`. */
  DSL: (store: unknown, product: string) => Navigation
  addLocale: (locale: string, label: string) => void
  addProduct: (module: { init: (plugin: Plugin, store: unknown) => void }) => void
  addRoute: (parent: string, route: { name: string; path: string; component: Component; meta: object }) => void
  addAction: (place: string, where: Where, action: Action) => void
  addTab: (
    place: string,
    where: Where,
    tab: Labelled & { name: string; weight: number; component: () => Promise<unknown> },
  ) => void
  register: (type: string, name: string, value: unknown) => void
}

/** Places of Rancher's pages: `ActionLocation` and `TabLocation` of the shell. */
export const PLACES = { header: 'header-action', rows: 'table-action', detailTab: 'tab' }
