/** k3s and RKE2: add-ons from files in the server's manifests folder. */
import { annotationOf } from '../marks'
import { markedManager } from '../marked'

const SET = 'objectset.rio.cattle.io'

export const k3sAddon = markedManager({
  id: 'k3s-addon',
  find: (object) =>
    annotationOf(object, `${SET}/owner-gvk`)?.startsWith('k3s.cattle.io/')
      ? `k3s add-on ${annotationOf(object, `${SET}/owner-name`) ?? ''}`.trim()
      : undefined,
  update: 'it will be reverted when a k3s server starts or the file of the add-on changes',
  delete: 'it will be created again when a k3s server starts or the file of the add-on changes',
  source: (name) => `the file of ${name} in the manifests folder of the k3s servers`,
})
