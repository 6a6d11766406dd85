/** What clients have written of one kind, laid over what the tables say. */
import type { KubeObject } from '../types'

export class Layer<T extends KubeObject> {
  /** By namespace and name; undefined where the object was deleted. */
  private readonly written = new Map<string, T | undefined>()

  /** The objects as they are now: those of the tables, changed, deleted and joined by new ones. */
  over(objects: T[]): T[] {
    const kept = objects.filter((object) => !this.written.has(keyOf(object)))
    return [...kept, ...[...this.written.values()].filter((object) => object !== undefined)]
  }

  get({ metadata: { name, namespace } }: { metadata: { name: string; namespace?: string } }): T | undefined {
    return this.written.get(`${namespace ?? ''}/${name}`)
  }

  set(object: T): void {
    this.written.set(keyOf(object), object)
  }

  remove(object: KubeObject): void {
    this.written.set(keyOf(object), undefined)
  }

  /** Back to what the tables say. */
  forget(object: KubeObject): void {
    this.written.delete(keyOf(object))
  }
}

function keyOf({ metadata: { name, namespace } }: KubeObject): string {
  return `${namespace ?? ''}/${name}`
}
