/** Names that are likely in a question: the demo cluster's, and those that the conversation has shown. */
import { demoNames } from '@k8s-ai-assistant/demo-cluster/names'
import { kindNamed, type ObjectKind } from './kinds'

export class Known {
  private readonly kinds = new Map<string, ObjectKind[]>()

  /** @param kind undefined if only the name is known */
  add(name: string, kind: ObjectKind | undefined): void {
    const kinds = this.kinds.get(name) ?? []
    if (kind && !kinds.includes(kind)) kinds.push(kind)
    this.kinds.set(name, kinds)
  }

  isNamespace(name: string): boolean {
    return this.kinds.get(name)?.includes('namespace') ?? false
  }

  isObject(name: string): boolean {
    const kinds = this.kinds.get(name)
    return kinds !== undefined && (kinds.length === 0 || kinds.some((kind) => kind !== 'namespace'))
  }

  /** The kind that a person usually means by the name. */
  kindOf(name: string): ObjectKind | undefined {
    return this.kinds.get(name)?.find((kind) => kind !== 'namespace')
  }

  has(name: string, kind: ObjectKind): boolean {
    return this.kinds.get(name)?.includes(kind) ?? false
  }
}

export function demoKnown(): Known {
  const known = new Known()
  for (const { name, kind } of demoNames) known.add(name, kindNamed(kind))
  return known
}
