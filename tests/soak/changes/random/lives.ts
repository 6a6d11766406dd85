/** Objects from creation to deletion, with one change after the other. */
import { stringify } from 'yaml'
import type { Body } from '../busy/objects'
import type { ChangeCall } from '../call'
import { CHART_FOLDER } from '../identity/operations'
import type { Place } from '../identity/operations'
import type { Kind, Step } from './kind'
import type { Values } from './values'

export interface Life {
  kind: string
  /** Path of the object that determines the next step; undefined: none. */
  path: string | undefined
  /** Undefined: it has ended. */
  next: (live: Body | undefined) => Step | undefined
}

/** Number of random updates to choose the rarest from. */
const DRAWS = 6

/** @param made how often this kind of change was made in the series */
export function objectLife(kind: Kind, place: Place, values: Values, made: (verb: string) => number): Life {
  const always = [...(kind.always ?? [])]
  const updates = always.length + values.count(4, 8)
  let steps = 0
  const manifest = (): string => {
    const { apiVersion, kind: name } = kind
    const annotations = values.flip() ? { annotations: { 'example.com/text': values.text() } } : {}
    const metadata = { ...place, labels: { app: place.name, ...values.labels() }, ...annotations }
    const object = { apiVersion, kind: name, metadata, ...kind.fields(values, place) }
    // As Kubernetes reads it: unquoted `yes` is a boolean.
    return values.flip() ? JSON.stringify(object) : stringify(object, { version: '1.1', aliasDuplicateObjects: false })
  }
  const applied = (): Step => ({
    verb: 'apply',
    call: { tool: 'kubectl_apply', args: { manifest: manifest() } },
  })
  return {
    kind: kind.kind,
    path: `${kind.collection(place.namespace)}/${place.name}`,
    next: (live) => {
      const { resource } = kind
      if (steps > updates + 1) return undefined
      if (++steps === 1) return values.flip() ? applied() : { verb: 'create', call: creation(manifest()) }
      if (steps > updates + 1) return { verb: 'delete', call: { tool: 'kubectl_delete', args: { resource, ...place } } }
      const scripted = live && always.shift()?.({ values, place, resource, live })
      if (scripted) return scripted
      const draw = () =>
        live && values.count(1, 5) > 1 ? values.pick(kind.updates)({ values, place, resource, live }) : undefined
      const drawn = Array.from({ length: DRAWS }, () => draw() ?? applied())
      return drawn.reduce((rarest, each) => (made(each.verb) < made(rarest.verb) ? each : rarest))
    },
  }
}

function creation(manifest: string): ChangeCall {
  return { tool: 'kubectl_create', args: { manifest } }
}

/** A release of the test chart. */
export function releaseLife(place: Place, values: Values): Life {
  const drawn = () => ({
    replicaCount: values.count(0, 1),
    logLevel: values.pick(['info', 'debug', 'yes', '1']),
    greeting: values.pick(['Hello', 'Xin chào', 'a: b']),
    service: { type: values.pick(['ClusterIP', 'NodePort']), port: values.count(80, 89) },
  })
  const step = (verb: string, args: object): Step => ({
    verb: `helm ${verb}`,
    call: { tool: `helm_${verb}`, args: { ...place, ...args } },
  })
  const steps = [
    () => step('install', { chart: CHART_FOLDER, values: drawn() }),
    () => step('upgrade', { values: drawn() }),
    () => step('upgrade', { chart: CHART_FOLDER, values: drawn() }),
    () => step('rollback', values.flip() ? {} : { revision: 1 }),
    () => step('uninstall', {}),
  ]
  return { kind: 'release', path: undefined, next: () => steps.shift()?.() }
}

/** A node of the series' own, with pods. */
export function nodeLife(name: string): Life {
  const cordon = (uncordon: boolean): Step => ({
    verb: uncordon ? 'uncordon' : 'cordon',
    call: { tool: 'kubectl_cordon', args: { name, uncordon } },
  })
  const steps = [cordon(false), cordon(true), { verb: 'drain', call: { tool: 'kubectl_drain', args: { name } } }]
  return { kind: 'Node', path: undefined, next: () => steps.shift() }
}
