/** Finds the container to change and its path. */
import { didYouMean } from '../../../kubernetes/did-you-mean'
import { both, msg } from '../../../../shared/messages/create'
import { at, listAt, textAt } from '../../../kubernetes/read/fields'
import { KubeError } from '../../../kubernetes/errors/errors'
import { nearest } from '../../../kubernetes/discovery/near'
import type { KubeObject } from '../../../kubernetes/types'
import { invalid } from '../reader'

export interface ChosenContainer {
  name: string
  image: string
  spec: unknown
  /** As a JSON pointer, e.g. `/spec/template/spec/containers/0`. */
  pointer: string
}

const POD_SPECS = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec']] as const

/** Path of the pod spec; undefined if the object has none. */
export function podSpecPath(object: KubeObject): readonly string[] | undefined {
  return POD_SPECS.find((path) => Array.isArray(at(object, ...path, 'containers')))
}

/**
 * The named container. Without a name: the only one, or the only one with the same image repository.
 * @throws KubeError `missing-container` with similar names; `invalid-arguments` if several match
 */
export function chooseContainer(
  object: KubeObject,
  podSpec: readonly string[],
  { name, image }: { name?: string | undefined; image?: string | undefined },
): ChosenContainer {
  const all = ['containers', 'initContainers'].flatMap((field) =>
    listAt(object, ...podSpec, field).map((spec, index) => ({
      field,
      name: textAt(spec, 'name'),
      image: textAt(spec, 'image'),
      spec,
      pointer: `/${[...podSpec, field, String(index)].join('/')}`,
    })),
  )
  const main = all.filter(({ field }) => field === 'containers')
  const named = name === undefined ? undefined : all.find((each) => each.name === name)
  if (named) return named
  const names = all.map((each) => each.name)
  if (name !== undefined) throw missing(object, name, names)
  const [only, ...others] = main
  if (only && others.length === 0) return only
  const same = image === undefined ? [] : all.filter((each) => repositoryOf(each.image) === repositoryOf(image))
  if (same.length === 1 && same[0]) return same[0]
  throw invalid(
    'container',
    msg('several-containers', { kind: object.kind ?? '', name: object.metadata.name, names: names.join(', ') }),
  )
}

function missing({ kind = '', metadata }: KubeObject, name: string, names: string[]): KubeError {
  const near = nearest(name, names)
  const none = msg('object-no-container', { kind, name: metadata.name, container: name })
  return new KubeError(
    'missing-container',
    both(both(none, didYouMean(near)), msg('it-has', { names: names.join(', ') })),
    { container: name, kind, name: metadata.name, near: near.join(', '), containers: names.join(', ') },
  )
}

/** `registry:5000/shop/web` of `registry:5000/shop/web:1.2@sha256:…`. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}
