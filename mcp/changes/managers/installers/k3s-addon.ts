/** k3s and RKE2: add-ons from files in the server's manifests folder. */
import type { KubeObject } from '../../../kubernetes/types'
import { msg } from '../../../../shared/messages/create'
import { annotationOf } from '../marks'
import { markedManager } from '../marked'

const SET = 'objectset.rio.cattle.io'

function nameOf(object: KubeObject): string {
  return annotationOf(object, `${SET}/owner-name`) ?? ''
}

export const k3sAddon = markedManager({
  id: 'k3s-addon',
  find: (object) =>
    annotationOf(object, `${SET}/owner-gvk`)?.startsWith('k3s.cattle.io/')
      ? msg('manager-k3s', { name: nameOf(object) })
      : undefined,
  source: (object) => msg('source-k3s', { name: nameOf(object) }),
})
