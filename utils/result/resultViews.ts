/** Maps each result kind to its component in `components/result/kinds`. */
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import type { ResultPart } from '#shared/result'

const loaders = import.meta.glob<{ default: Component }>('../../components/result/kinds/*.vue')

const views = new Map(
  Object.entries(loaders).map(([path, load]) => [
    path.replace(/^.*\/(\w+)\.vue$/, '$1').toLowerCase(),
    defineAsyncComponent(load),
  ]),
)

/** The component for this kind, loaded at its first use. */
export function resultView(kind: ResultPart['kind']): Component | undefined {
  return views.get(kind)
}
